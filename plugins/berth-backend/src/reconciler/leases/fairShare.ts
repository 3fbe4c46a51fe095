/**
 * Computes the number of clusters that a replica should have, so that all have the same number, plus or minus
 * one. All replicas compute the same answer, because they agree on their order.
 *
 * @param replicas - ids of all live replicas, including our own
 */
export function fairShare(
  own: string,
  replicas: string[],
  clusters: number,
): number {
  const place = [...replicas].sort().indexOf(own);
  if (place < 0) {
    return 0;
  }
  const each = Math.floor(clusters / replicas.length);
  return each + Number(place < clusters % replicas.length);
}
