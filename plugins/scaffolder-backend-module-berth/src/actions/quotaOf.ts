import { InputError } from '@backstage/errors';
import { SetQuotaRequest } from '@berth/plugin-berth-common';

/** @throws InputError unless there is either a size class or a quota of resources, and not both */
export function quotaOf({
  sizeClass,
  hard,
  limits,
}: Pick<SetQuotaRequest, 'sizeClass' | 'hard' | 'limits'>): SetQuotaRequest {
  // An empty choice in a form is an empty string.
  if (Boolean(sizeClass) === Boolean(hard)) {
    throw new InputError(
      sizeClass
        ? 'sizeClass and hard cannot be given together: a size class brings its own bounds'
        : 'sizeClass is missing; give it, or hard with the bounds',
    );
  }
  if (sizeClass && limits) {
    throw new InputError(
      'sizeClass and limits cannot be given together: a size class brings its own',
    );
  }
  return sizeClass ? { sizeClass } : { hard, ...(limits && { limits }) };
}
