/** The label with the enforced level of Pod Security. */
export const ENFORCE = 'pod-security.kubernetes.io/enforce';
export const ENFORCE_VERSION = `${ENFORCE}-version`;

/** Returns the enforced level of labels as text, such as `restricted:latest`; undefined without one. */
export function levelText(
  labels: Record<string, string> | undefined,
): string | undefined {
  const level = labels?.[ENFORCE];
  const version = labels?.[ENFORCE_VERSION];
  return level !== undefined && version !== undefined
    ? `${level}:${version}`
    : level;
}

/** Returns the labels of a text of {@link levelText}. */
export function levelLabels(text: string): Record<string, string> {
  const [level, version] = text.split(':');
  return {
    [ENFORCE]: level,
    ...(version !== undefined && { [ENFORCE_VERSION]: version }),
  };
}
