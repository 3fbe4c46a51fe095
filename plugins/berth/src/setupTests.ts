import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages are rendered, which takes its time on a busy machine. Nothing that is awaited is slowed down.
configure({ asyncUtilTimeout: 15_000 });

/** jsdom has none; lists only watch with it whether their end has come into view. */
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
