import { ReactNode } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { berthTranslationRef } from '../translation';

type Messages = typeof berthTranslationRef.T;

/** A text key. A text that depends on a count has one key for each plural form, and callers omit the suffix. */
type TextKey<Key = keyof Messages> = Key extends `${infer Text}_${
  | 'zero'
  | 'one'
  | 'two'
  | 'few'
  | 'many'
  | 'other'}`
  ? Text
  : Key;

type Values = Record<string, string | number | Date | undefined>;

/*
 * Backstage's own type also checks the values of a text. It compares all texts at every call, which takes the
 * compiler minutes for this number of texts.
 */
/** Returns a text of Berth's pages in the language of the app. */
export interface Translate {
  (key: TextKey, values?: Values): string;
  (key: TextKey, values: Record<string, ReactNode>): ReactNode;
}

/** Returns the translation function for Berth's texts. */
export function useText(): Translate {
  return useTranslationRef(berthTranslationRef).t as unknown as Translate;
}
