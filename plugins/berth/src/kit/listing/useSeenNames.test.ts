import { renderHook } from '@testing-library/react';
import { useSeenNames } from './useSeenNames';

it('keeps names that a later list does not have, sorted', () => {
  const { result, rerender } = renderHook(useSeenNames<'clusters' | 'charts'>, {
    initialProps: { clusters: ['prod', 'dev'], charts: ['web', 'web'] },
  });
  expect(result.current).toEqual({
    clusters: ['dev', 'prod'],
    charts: ['web'],
  });
  rerender({ clusters: ['edge'], charts: [] });
  expect(result.current).toEqual({
    clusters: ['dev', 'edge', 'prod'],
    charts: ['web'],
  });
});
