/** What a registry asks for, in its header `WWW-Authenticate`. */
export interface Challenge {
  /** In lowercase. */
  scheme: string;
  /** By their names in lowercase. */
  parameters: ReadonlyMap<string, string>;
}

/** A parameter with a text in quotes, a parameter without quotes, or the name of a scheme. */
const PART =
  /([\w-]+)\s*=\s*"((?:[^"\\]|\\.)*)"|([\w-]+)\s*=\s*([^\s,"]+)|([\w-]+)/g;

/** Reads the challenges of a header. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  for (const [, name, quoted, plainName, plain, scheme] of header.matchAll(
    PART,
  )) {
    if (scheme !== undefined) {
      challenges.push({
        scheme: scheme.toLowerCase(),
        parameters: new Map(),
      });
    } else {
      challenges
        .at(-1)
        ?.parameters.set(
          (name ?? plainName).toLowerCase(),
          quoted?.replaceAll(/\\(.)/g, '$1') ?? plain,
        );
    }
  }
  return challenges;
}
