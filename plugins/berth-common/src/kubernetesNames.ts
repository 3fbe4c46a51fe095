/**
 * Returns whether a string is an RFC 1123 subdomain, the rule for the names of most Kubernetes objects.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 * @public
 */
export function isDnsSubdomain(name: string): boolean {
  return (
    name.length <= 253 &&
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(
      name,
    )
  );
}

/**
 * Returns whether a string can be the key of a label, an annotation or a taint: a name of at most 63 characters with
 * an optional prefix, a subdomain and a slash.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 * @public
 */
export function isQualifiedName(key: string): boolean {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  return (
    (prefix === undefined || isDnsSubdomain(prefix)) &&
    isLabelName(key.slice(slash + 1))
  );
}

/**
 * Returns whether a string can be the value of a label. It may be empty.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 * @public
 */
export function isLabelValue(value: string): boolean {
  return value === '' || isLabelName(value);
}

function isLabelName(name: string): boolean {
  return (
    name.length <= 63 && /^[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?$/.test(name)
  );
}
