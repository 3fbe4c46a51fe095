import { isLabelValue, isQualifiedName } from '@berth/plugin-berth-common';
import { z } from 'zod';

/** The key of a label or annotation. */
export const qualifiedName = z
  .string()
  .refine(
    isQualifiedName,
    'must be a Kubernetes key: at most 63 letters, digits, "-", "_" and ".", with or without a domain and "/" before it',
  );

export const labelValue = z
  .string()
  .refine(
    isLabelValue,
    'must be a label value: at most 63 letters, digits, "-", "_" and "."',
  );
