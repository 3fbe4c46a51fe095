import { InputError } from '@backstage/errors';
import { Quantity, QuotaLimits, SizeClass } from '@berth/plugin-berth-common';
import { canonicalAmount } from '../../validation/parseBounds';

type Storage = Pick<SizeClass, 'maxStorage' | 'defaultStorage'>;

/**
 * Adds the largest volume claim of a size class to the items of its LimitRange.
 *
 * @returns the items, and the amounts as canonical quantities
 * @throws InputError with all problems at once
 */
export function withStorage(
  limits: QuotaLimits[],
  storage: Storage,
): Storage & Pick<SizeClass, 'limits'> {
  const problems: string[] = [];
  const amountOf = (field: keyof Storage) => {
    const value = storage[field];
    return value === undefined
      ? undefined
      : canonicalAmount(
          value,
          { resource: 'requests.storage', field },
          problems,
        );
  };
  const maxStorage = amountOf('maxStorage');
  const defaultStorage = amountOf('defaultStorage');
  const ofClaims = limits.find(({ type }) => type === 'PersistentVolumeClaim');
  if (maxStorage !== undefined && ofClaims?.max?.storage !== undefined) {
    problems.push(
      `maxStorage ${maxStorage} stands for the max of PersistentVolumeClaim in limits: give either the one or the other`,
    );
  }
  const min = ofClaims?.min?.storage;
  const max = maxStorage ?? ofClaims?.max?.storage;
  const isLess = (amount?: string, other?: string) =>
    amount !== undefined &&
    other !== undefined &&
    Quantity.parse(amount).compare(Quantity.parse(other)) < 0;
  if (isLess(maxStorage, min)) {
    problems.push(
      `maxStorage ${maxStorage} must be at least the min of PersistentVolumeClaim in limits, which is ${min}`,
    );
  }
  if (isLess(max, defaultStorage)) {
    problems.push(
      `defaultStorage ${defaultStorage} must be at most the largest volume claim, which is ${max}`,
    );
  }
  if (isLess(defaultStorage, min)) {
    problems.push(
      `defaultStorage ${defaultStorage} must be at least the smallest volume claim, which is ${min}`,
    );
  }
  if (problems.length > 0) {
    throw new InputError(problems.join('; '));
  }
  return {
    limits:
      maxStorage === undefined
        ? limits
        : [
            ...limits.filter(item => item !== ofClaims),
            {
              type: 'PersistentVolumeClaim',
              ...ofClaims,
              max: { ...ofClaims?.max, storage: maxStorage },
            },
          ],
    ...(maxStorage !== undefined && { maxStorage }),
    ...(defaultStorage !== undefined && { defaultStorage }),
  };
}
