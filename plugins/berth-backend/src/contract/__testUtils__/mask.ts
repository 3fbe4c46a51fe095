/** Replaces what differs from run to run. */
const IN_TEXT: [pattern: RegExp, mask: string][] = [
  [/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<jwt>'],
  [/-----BEGIN [\s\S]+?-----END [A-Z ]+-----\n?/g, '<pem>'],
  [/LS0tLS1[\w+/=]*/g, '<pem>'],
  [/\bhttp:\/\/(127\.0\.0\.1|localhost):\d+/g, '<portal>'],
  [/\bhttps:\/\/127\.0\.0\.1:\d+/g, '<cluster>'],
  [/\b127\.0\.0\.1:\d+/g, '<address>'],
  [/\bport \d+/g, 'port <port>'],
  [/\b[\d.]+ s apart/g, '<seconds> apart'],
  [/\bWy[IJ][\w-]+=*/g, '<cursor>'],
  [/\b\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT/g, '<date and time>'],
  [/\b\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, '<time>'],
  [/\b\d{4}-\d\d-\d\d\b/g, '<date>'],
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uid>'],
  [/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, '<id>'],
  [/\b[0-9a-f]{64}\b/g, '<sha256>'],
  [/\b([0-9A-F]{2}:){31}[0-9A-F]{2}\b/g, '<sha256>'],
  [/(?<![\w-])[\w-]{43}(?![\w-])/g, '<digest>'],
];

const BY_KEY: Record<string, string> = {
  durationMs: '<duration>',
  endsIn: '<seconds>',
  etag: '<tag>',
  expiresIn: '<seconds>',
  latencyMs: '<duration>',
  n: '<modulus>',
  next: '<cursor>',
  previous: '<cursor>',
};

/**
 * @param caller - the caller whose own name is masked, so that the same answer to several callers looks the
 *   same
 */
export function maskText(text: string, caller?: string): string {
  const masked = IN_TEXT.reduce(
    (left, [pattern, sign]) => left.replace(pattern, sign),
    text,
  );
  return caller === undefined
    ? masked
    : masked.replaceAll(`user:default/${caller}`, '<caller>');
}

/** What a cluster reports at some time after a change: on a slow machine, an answer comes before or after it. */
const REPORTED = new Set(['used']);

/** Lengths in errors about bodies that are too large, because bodies contain certificates of any length. */
const LENGTHS = new Set(['expected', 'length']);

export function mask(value: unknown, caller: string): unknown {
  if (typeof value === 'string') {
    return maskText(value, caller);
  }
  if (Array.isArray(value)) {
    return value.map(item => mask(item, caller));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !REPORTED.has(key))
        .map(([key, item]) => [
          maskText(key, caller),
          maskItem(key, item, caller),
        ]),
    );
  }
  return value;
}

function maskItem(key: string, item: unknown, caller: string): unknown {
  if (item === undefined) {
    return item;
  }
  return LENGTHS.has(key) && typeof item === 'number'
    ? '<length>'
    : BY_KEY[key] ?? mask(item, caller);
}
