import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { SizeClass } from '@berth/plugin-berth-common';
import { parseBody } from '../../validation/parseBody';
import {
  checkQuota,
  configuredSizeClassSchema,
} from '../../validation/parseBounds';

/**
 * Reads `berth.sizeClasses`.
 *
 * @throws Error naming the size class and the rule
 */
export function readSizeClasses(config: Config): SizeClass[] {
  const typed = config.getOptional('berth.sizeClasses') ?? [];
  if (!Array.isArray(typed)) {
    throw new Error('berth.sizeClasses must be a list');
  }
  const classes = typed.map((item, index) => {
    const where = `berth.sizeClasses[${index}]`;
    try {
      const { name, title, description, ...quota } = parseBody(
        configuredSizeClassSchema,
        item,
      );
      const { hard, limits } = checkQuota(quota, [], 'hard');
      return {
        name,
        ...(title !== undefined && { title }),
        ...(description !== undefined && { description }),
        hard,
        limits,
      };
    } catch (error) {
      if (error instanceof InputError) {
        throw new Error(`${where}: ${error.message}`);
      }
      throw error;
    }
  });
  const names = classes.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Error(`berth.sizeClasses holds "${twice}" twice`);
  }
  return classes;
}
