import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import { styleByAttributes } from './__testUtils__/styleByAttributes';

// Rendering whole pages takes long on a busy machine. A longer timeout does not slow down the tests.
configure({ asyncUtilTimeout: 30_000 });

/** Replaces IntersectionObserver, which jsdom lacks; lists only use it to detect that their end is visible. */
class NoIntersections implements IntersectionObserver {
  readonly root = null;
  readonly rootMargin = '';
  readonly thresholds = [];
  disconnect() {}
  observe() {}
  takeRecords() {
    return [];
  }
  unobserve() {}
}

global.IntersectionObserver ??= NoIntersections;

// jsdom has no layout. CodeMirror measures text, and does so without a rectangle.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

window.getComputedStyle = styleByAttributes;
