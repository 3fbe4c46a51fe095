import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { berthTranslationRef } from '../../translation';

/** Gives a text of Berth's pages in the language of the app. */
export type Translate = TranslationFunction<typeof berthTranslationRef.T>;

/** The translation function for Berth's texts. */
export function useText(): Translate {
  return useTranslationRef(berthTranslationRef).t;
}
