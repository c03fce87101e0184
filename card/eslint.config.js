import js from "@eslint/js";
import { configs as lit } from "eslint-plugin-lit";
import a11y from "eslint-plugin-lit-a11y";
import { configs as wc } from "eslint-plugin-wc";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules/", "coverage/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      wc["flat/best-practice"],
      lit["flat/recommended"],
    ],
    plugins: { "lit-a11y": a11y },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      ...a11y.configs.recommended.rules,
      // An assertion says what something is, not only that it is.
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      // Numbers are shown as they are.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
);
