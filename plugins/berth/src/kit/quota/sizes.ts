import { useCallback } from 'react';
import { NodePlacement, SizeClass } from '@berth/plugin-berth-common';
import { Translate, useText } from '..';
import { useBoundsText } from './quotaTexts';
import { formatAmount } from './resources';

/** Returns the size that a form chooses first: the default, or the first of the list. */
export function usualSizeOf(classes: SizeClass[]): SizeClass | undefined {
  return classes.find(one => one.default) ?? classes[0];
}

/** Returns a function that writes what a size gives in one line, such as `CPU requests 2 vCPU, volumes up to 10 GiB`. */
export function useSizeText(): (size: SizeClass) => string {
  const t = useText();
  const boundsOf = useBoundsText();
  return useCallback(
    size =>
      [boundsOf(size.hard), ...volumeTexts(t, size), placementText(t, size)]
        .filter(Boolean)
        .join(', '),
    [t, boundsOf],
  );
}

/** Returns a function that writes the nodes of a size; empty if the size has none. */
export function usePlacementText(): (
  placement: NodePlacement | undefined,
) => string {
  const t = useText();
  return useCallback(placement => placementText(t, placement ?? {}), [t]);
}

function volumeTexts(
  t: Translate,
  { maxStorage, defaultStorage }: SizeClass,
): string[] {
  const amount = (quantity: string) =>
    formatAmount('requests.storage', quantity);
  return [
    ...(maxStorage
      ? [t('quotas.maxStorage', { most: amount(maxStorage) })]
      : []),
    ...(defaultStorage
      ? [t('quotas.defaultStorage', { usual: amount(defaultStorage) })]
      : []),
  ];
}

function placementText(
  t: Translate,
  { nodeSelector = {}, tolerations = [] }: NodePlacement,
): string {
  const labels = Object.entries(nodeSelector).map(
    ([key, value]) => `${key}=${value}`,
  );
  const taints = tolerations.map(
    ({ key, value, effect }) =>
      `${key}${value === undefined ? '' : `=${value}`}:${effect}`,
  );
  return [
    ...(labels.length > 0
      ? [t('quotas.nodeSelector', { labels: labels.join(', ') })]
      : []),
    ...(taints.length > 0
      ? [t('quotas.tolerations', { taints: taints.join(', ') })]
      : []),
  ].join(', ');
}
