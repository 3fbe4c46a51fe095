export const NAMESPACE = 'shop';
export const SET = 'checkout';

export function podName(index: number): string {
  return `${SET}-${index}`;
}
