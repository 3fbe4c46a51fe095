import { useEffect } from 'react';
import { guardUnsavedChanges, mayDiscard } from './unsavedChanges';
import { useText } from './useText';

/**
 * While a form has unsaved input, asks before a link, Back, or a reload loses it.
 *
 * @returns for what closes the form, such as Esc in a dialog: whether nothing is unsaved, or the person
 *   agrees to lose it
 */
export function useUnsavedChanges(isChanged: boolean): () => boolean {
  const question = useText()('common.discardQuestion');
  useEffect(
    () => (isChanged ? guardUnsavedChanges(question) : undefined),
    [isChanged, question],
  );
  return mayDiscard;
}
