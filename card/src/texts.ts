/** The words of the integration's translations, with numbers, names and moments put in. */

import { DOMAIN, type Hass, type Refusal } from "./ha.ts";

/** Text by its full key, as Home Assistant hands out translations. */
export type Resources = Record<string, string>;

type Values = Record<string, string | number>;

/** The English texts that are needed before Home Assistant can be asked for translations. */
declare const EARLY_TEXTS: Resources;

const CATEGORIES = ["common", "entity", "exceptions"];
const loading = new Map<string, Promise<Resources>>();

/** Fetches the texts of a language, once for all cards. */
export const loadTexts = (hass: Hass, language: string): Promise<Resources> => {
  const known = loading.get(language);
  if (known) return known;
  const fetched = fetchTexts(hass, language);
  loading.set(language, fetched);
  fetched.catch(() => loading.delete(language));
  return fetched;
};

const fetchTexts = async (hass: Hass, language: string): Promise<Resources> => {
  const answers = await Promise.all(
    CATEGORIES.map((category) =>
      hass.callWS<{ resources: Resources }>({
        type: "frontend/get_translations",
        language,
        category,
        integration: [DOMAIN],
      }),
    ),
  );
  return Object.assign({}, ...answers.map((answer) => answer.resources)) as Resources;
};

let latest: Texts | null = null;

/** A text of the card where no card may have loaded any yet: in the picker, or of an error. */
export const early = (key: string, values: Values = {}): string =>
  (latest ?? new Texts(EARLY_TEXTS, "en")).card(key, values);

/** Has the texts of a card used for what is shown outside of cards. */
export const useEarly = (texts: Texts): void => {
  latest = texts;
};

export class Texts {
  private readonly number: Intl.NumberFormat;
  private readonly plural: Intl.PluralRules;

  /** `language` is that of the texts; `locale` that of dates and times. */
  constructor(
    private readonly resources: Resources,
    private readonly language: string,
    private readonly locale: Intl.DateTimeFormatOptions = {},
  ) {
    this.number = new Intl.NumberFormat(language);
    this.plural = new Intl.PluralRules(language);
  }

  /** A text of the card. */
  card(key: string, values: Values = {}): string {
    return this.text(`common.card_${key}`, values) ?? key;
  }

  /** A text of the card with a `count`, in the form that the language has for so many. */
  counted(key: string, count: number): string {
    const form = `common.card_${key}_${this.plural.select(count)}`;
    return this.text(form, { count }) ?? this.card(`${key}_other`, { count });
  }

  exercise(exercise: string): string {
    return this.text(`entity.sensor.exercise.state.${exercise}`) ?? exercise;
  }

  routine(routine: string): string {
    return this.text(`entity.select.routine.state.${routine}`) ?? routine;
  }

  step(step: string): string {
    return this.text(`entity.sensor.exercise.state_attributes.step.state.${step}`) ?? step;
  }

  outcome(outcome: string): string {
    const key = `entity.event.session_events.state_attributes.outcome.state.${outcome}`;
    return this.text(key) ?? outcome;
  }

  /** Why a command was refused. */
  refusal(refusal: Refusal): string {
    const { translation_domain: domain, translation_key: key } = refusal;
    const known =
      domain === DOMAIN && key !== undefined
        ? this.text(`exceptions.${key}.message`, refusal.translation_placeholders)
        : undefined;
    return known ?? refusal.message ?? this.card("failed");
  }

  /** The time of day of a moment. */
  time(iso: string): string {
    return this.moment(iso, { hour: "numeric", minute: "2-digit" });
  }

  /** The day of a moment. */
  day(iso: string): string {
    return this.moment(iso, { weekday: "short", day: "numeric", month: "short" });
  }

  /** The day of a moment, as short as it goes. */
  date(iso: string): string {
    return this.moment(iso, { day: "numeric", month: "short" });
  }

  decimal(value: number): string {
    return this.number.format(value);
  }

  private moment(iso: string, parts: Intl.DateTimeFormatOptions): string {
    const options = { ...parts, ...this.locale };
    if (!("hour" in parts)) delete options.hour12;
    return new Intl.DateTimeFormat(this.language, options).format(new Date(iso));
  }

  private text(key: string, values: Values = {}): string | undefined {
    const text = this.resources[`component.${DOMAIN}.${key}`];
    return text === undefined ? undefined : this.fill(text, values);
  }

  /** Puts values into a text: {name}. */
  private fill(text: string, values: Values): string {
    return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => this.shown(values[name]));
  }

  private shown(value: string | number | undefined): string {
    return typeof value === "number" ? this.decimal(value) : (value ?? "");
  }
}

/** How moments are shown: in the time zone and with the clock that Home Assistant is set to. */
export const localeOf = (hass: Hass): Intl.DateTimeFormatOptions => {
  const format = hass.locale?.time_format;
  return {
    ...(hass.config ? { timeZone: hass.config.time_zone } : {}),
    ...(format === "12" ? { hour12: true } : format === "24" ? { hour12: false } : {}),
  };
};
