import '@testing-library/jest-dom';

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
