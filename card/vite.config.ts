import { readFileSync } from "node:fs";

import { defineConfig } from "vitest/config";

const ENGLISH = new URL("../custom_components/back_exercise/translations/en.json", import.meta.url);

/** The English texts that are shown where Home Assistant can't be asked for any. */
const earlyTexts = (): Record<string, string> => {
  const { common } = JSON.parse(readFileSync(ENGLISH, "utf-8")) as {
    common: Record<string, string>;
  };
  return Object.fromEntries(
    Object.entries(common)
      .filter(([key]) => /^card_(config_|description$)/.test(key))
      .map(([key, text]) => [`component.back_exercise.common.${key}`, text]),
  );
};

export default defineConfig({
  // One file, the same bytes on every machine: nothing of the place or time of the build.
  define: { EARLY_TEXTS: JSON.stringify(earlyTexts()) },
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
      exclude: ["src/back-exercise-card.ts", "src/wait.ts", "src/protocol.ts", "src/parts/**"],
      thresholds: { 100: true },
      reporter: ["text"],
    },
  },
});
