import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { berthTranslationRef } from '../../translation';

/** The translation function for Berth's texts. */
export function useText() {
  return useTranslationRef(berthTranslationRef).t;
}

export type Translate = ReturnType<typeof useText>;
