import { describe, expect, test } from "vitest";

import {
  configForm,
  gridOptions,
  readConfig,
  stubConfig,
  suggestion,
  TYPE,
} from "../src/config.ts";
import { fakeHass, SESSION } from "./fakes.ts";

const { hass } = fakeHass();

describe("a configuration", () => {
  test("needs nothing but an entity", () => {
    expect(readConfig({ type: TYPE, entity: SESSION })).toEqual({
      ...{ type: TYPE, entity: SESSION },
      ...{ large: false, show_history: true },
    });
  });

  test("says whether it is large and shows the history", () => {
    expect(readConfig({ entity: SESSION, large: true, show_history: false })).toMatchObject({
      ...{ large: true, show_history: false },
    });
  });

  test.each([
    [undefined, "The configuration is missing."],
    [null, "The configuration is missing."],
    [{}, "Choose the session sensor of a person as entity."],
    [{ entity: "" }, "Choose the session sensor of a person as entity."],
    [{ entity: 7 }, "Choose the session sensor of a person as entity."],
    [{ entity: "Alex" }, "“Alex” is no entity. Choose the session sensor of a person."],
    [{ entity: SESSION, large: "yes" }, "large must be true or false."],
    [{ entity: SESSION, show_history: 1 }, "show_history must be true or false."],
  ])("that is %j is refused with what to write", (config, message) => {
    expect(() => readConfig(config)).toThrow(message);
  });
});

describe("the picker", () => {
  test("begins with the first person", () => {
    expect(stubConfig(hass)).toEqual({ type: TYPE, entity: SESSION });
    expect(stubConfig(hass, ["light.lamp", SESSION])).toEqual({ type: TYPE, entity: SESSION });
  });

  test("begins with no one where there is no one", () => {
    expect(stubConfig({ ...hass, entities: {} })).toEqual({ type: TYPE, entity: "" });
  });

  test("suggests the card for entities of a person alone", () => {
    expect(suggestion(hass, "button.alex_start")).toEqual({
      config: { type: TYPE, entity: SESSION },
    });
    expect(suggestion(hass, "light.lamp")).toBeNull();
  });
});

describe("the form", () => {
  const form = configForm(hass) as {
    schema: { name: string; selector: object }[];
    computeLabel: (field: { name: string }) => string;
    computeHelper: (field: { name: string }) => string;
    assertConfig: (config: unknown) => void;
  };

  test("offers the session sensors there are", () => {
    expect(form.schema[0]?.selector).toEqual({ entity: { include_entities: [SESSION] } });
  });

  test("offers our sensors where nothing is known yet", () => {
    const [entity] = (configForm(null) as typeof form).schema;
    expect(entity?.selector).toEqual({
      entity: { filter: { integration: "back_exercise", domain: "sensor" } },
    });
  });

  test("names and explains every field", () => {
    expect(form.schema.map((field) => form.computeLabel(field))).toEqual([
      ...["Person", "Large", "Show history"],
    ]);
    expect(form.computeHelper({ name: "entity" })).toBe(
      "The session sensor of the person who exercises.",
    );
  });

  test("refuses what the card would refuse", () => {
    expect(() => {
      form.assertConfig({});
    }).toThrow("Choose the session sensor");
  });
});

test("it is as wide as a section, and large as wide as there is room", () => {
  expect(gridOptions(false)).toEqual({ columns: 12, min_columns: 9 });
  expect(gridOptions(true)).toEqual({ columns: "full", min_columns: 12 });
});
