import { defineConfig } from "vitest/config";

export default defineConfig({
  // One file, the same bytes on every machine: nothing of the place or time of the build.
  build: {
    target: "es2022",
    lib: { entry: "src/back-exercise-card.ts", formats: ["es"] },
    outDir: "../custom_components/back_exercise/frontend",
    emptyOutDir: true,
    copyPublicDir: false,
    sourcemap: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: { entryFileNames: "back-exercise-card.js", minify: true },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["test/**/*.test.ts"],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      // The element and its parts are shown to be right in a real browser.
      exclude: ["src/back-exercise-card.ts", "src/parts/**"],
      thresholds: { 100: true },
      reporter: ["text"],
    },
  },
});
