/** Returns short names of sources: what all pods, or all containers, have in common is left out. */
export function shortNames(
  sources: readonly { pod: string; container: string }[],
): string[] {
  const pods = [...new Set(sources.map(({ pod }) => pod))];
  const containers = new Set(sources.map(({ container }) => container));
  const common = pods.length > 1 ? commonStart(pods) : 0;
  return sources.map(({ pod, container }) => {
    const parts = [
      ...(pods.length > 1 ? [pod.slice(common)] : []),
      ...(containers.size > 1 ? [container] : []),
    ];
    return parts.length > 0 ? parts.join(' ') : container;
  });
}

/** Returns the length of the common start that ends with a hyphen. */
function commonStart([first, ...others]: string[]): number {
  const differs = [...first].findIndex((character, index) =>
    others.some(other => other[index] !== character),
  );
  const length = differs < 0 ? first.length : differs;
  return first.lastIndexOf('-', length - 1) + 1;
}
