import { useEffect } from 'react';
import { useText } from './useText';

/*
 * Backstage apps use `BrowserRouter`, in which React Router cannot block a navigation. So a person's navigation is
 * intercepted before the router sees it: a click on a link, the browser's Back and Forward, and a reload. A
 * navigation by code, for example after saving, is not intercepted.
 */

/** The question of each form with unsaved input. */
const questions = new Map<symbol, string>();
/** React Router's index of the history entry with the form. */
let position = 0;
/** Whether the next `popstate` is the return to the form after a refusal. */
let returning = false;

/**
 * Asks before unsaved input is lost.
 *
 * @returns a function that stops asking
 */
export function guardUnsavedChanges(question: string): () => void {
  const guard = Symbol('unsaved');
  if (questions.size === 0) {
    position = window.history.state?.idx ?? 0;
    document.addEventListener('click', onClick, true);
    window.addEventListener('popstate', onPopState, true);
    window.addEventListener('beforeunload', onBeforeUnload);
  }
  questions.set(guard, question);
  return () => {
    questions.delete(guard);
    if (questions.size === 0) {
      document.removeEventListener('click', onClick, true);
      window.removeEventListener('popstate', onPopState, true);
      window.removeEventListener('beforeunload', onBeforeUnload);
    }
  };
}

/** Returns whether nothing is unsaved, or the person agrees to lose it. */
export function mayDiscard(): boolean {
  const [question] = questions.values();
  // A dialog of the app would answer too late: the click or the step back must be stopped now.
  // eslint-disable-next-line no-alert
  return question === undefined || window.confirm(question);
}

function onClick(event: MouseEvent) {
  const link = (event.target as Element).closest?.('a[href]');
  if (link && leavesPage(event, link as HTMLAnchorElement) && !mayDiscard()) {
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Returns whether a click leaves the page: not for a download, another browser tab, or a place on the same page. */
function leavesPage(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const opensElsewhere =
    event.button !== 0 ||
    event.ctrlKey ||
    event.metaKey ||
    event.shiftKey ||
    event.altKey ||
    link.hasAttribute('download') ||
    !['', '_self'].includes(link.target);
  const { origin, pathname, search } = window.location;
  const isHere =
    link.origin === origin &&
    link.pathname === pathname &&
    link.search === search;
  // Links to other origins unload the page, so `beforeunload` asks.
  return !opensElsewhere && !isHere && link.origin === origin;
}

function onPopState(event: PopStateEvent) {
  if (returning) {
    returning = false;
    event.stopImmediatePropagation();
    return;
  }
  const index: number | undefined = event.state?.idx;
  if (index === undefined || index === position || mayDiscard()) {
    return;
  }
  event.stopImmediatePropagation();
  returning = true;
  window.history.go(position - index);
}

function onBeforeUnload(event: BeforeUnloadEvent) {
  event.preventDefault();
}

/**
 * While a form has unsaved input, asks before a link, Back, or a reload loses it.
 *
 * @returns a function for actions that close the form, such as Esc in a dialog: it returns whether nothing is
 *   unsaved, or the person agrees to lose it
 */
export function useUnsavedChanges(isChanged: boolean): () => boolean {
  const question = useText()('common.discardQuestion');
  useEffect(
    () => (isChanged ? guardUnsavedChanges(question) : undefined),
    [isChanged, question],
  );
  return mayDiscard;
}
