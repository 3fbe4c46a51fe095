import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { SizeClass } from '@berth/plugin-berth-common';
import { z } from 'zod';
import { parseBody } from '../../validation/parseBody';
import {
  checkQuota,
  configuredSizeClassSchema,
} from '../../validation/parseBounds';
import { withStorage } from './storage';

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
      return readSizeClass(parseBody(configuredSizeClassSchema, item));
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
  const defaults = classes.filter(one => one.default);
  if (defaults.length > 1) {
    throw new Error(
      `berth.sizeClasses holds default: true in "${defaults[0].name}" and "${defaults[1].name}", and only one can be the default`,
    );
  }
  return classes;
}

type ConfiguredSizeClass = z.infer<typeof configuredSizeClassSchema>;

/** @throws InputError with the rules that the size class breaks */
function readSizeClass(configured: ConfiguredSizeClass): SizeClass {
  const {
    name,
    title,
    description,
    maxStorage,
    defaultStorage,
    default: isDefault,
    nodeSelector = {},
    tolerations = [],
    ...quota
  } = configured;
  const { hard, limits } = checkQuota(quota, [], 'hard');
  return {
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    hard,
    ...withStorage(limits, { maxStorage, defaultStorage }),
    ...(isDefault && { default: true }),
    ...(Object.keys(nodeSelector).length > 0 && { nodeSelector }),
    ...(tolerations.length > 0 && { tolerations }),
  };
}
