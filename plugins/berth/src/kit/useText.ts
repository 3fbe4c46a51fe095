import { ReactNode } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { berthTranslationRef } from '../translation';

type Messages = typeof berthTranslationRef.T;

/** Texts that depend on a count have one for each plural form, and are asked for without it. */
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
 * Backstage's own type of it also checks which values a text needs. It looks at every text for every call,
 * which with as many texts as there are takes the compiler minutes.
 */
/** Gives a text of Berth's pages in the language of the app. */
export interface Translate {
  (key: TextKey, values?: Values): string;
  (key: TextKey, values: Record<string, ReactNode>): ReactNode;
}

/** The translation function for Berth's texts. */
export function useText(): Translate {
  return useTranslationRef(berthTranslationRef).t as unknown as Translate;
}
