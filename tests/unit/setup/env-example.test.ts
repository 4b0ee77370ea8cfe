import { readFileSync } from "node:fs";
import { parseEnv as parseEnvFile } from "node:util";
import { describe, expect, it } from "vitest";
import { ENV_VARIABLES, type Env, parseEnv } from "#lib/node/env.ts";

/** Read by the launcher and the configuration files, never by the server. */
const COMMANDS_ONLY = ["QUI_DIST_DIR"];

const text = readFileSync(".env.example", "utf8");
const examples = parseEnvFile(text.replaceAll(/^# ([A-Z][A-Z_]+=)/gm, "$1"));

describe(".env.example", () => {
  it("names every variable that is read, and no other", () => {
    expect(Object.keys(examples).sort()).toEqual([...ENV_VARIABLES, ...COMMANDS_ONLY].sort());
  });

  it("sets nothing by itself", () => {
    expect(parseEnvFile(text)).toEqual({});
  });

  it("has examples that are valid", () => {
    expect(() => parseEnv(examples)).not.toThrow();
  });

  it("shows each default as it is", () => {
    const { QUI_SECRET: _, ...defaults } = parseEnv({});
    const shown = parseEnv(examples);
    for (const name of Object.keys(defaults) as (keyof Env)[])
      expect(shown[name], name).toEqual(parseEnv({})[name]);
  });
});
