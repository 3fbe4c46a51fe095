import { PropsWithChildren } from 'react';
import { TestApiProvider } from '@backstage/test-utils';
import { renderHook, waitFor } from '@testing-library/react';
import { aChart, FakeBerthApi, MEMBER } from '../../../__testUtils__';
import { berthApiRef } from '../../../api';
import { QueryProvider } from '../../../kit/query';
import { useNewestCharts } from './useNewestCharts';

it('finds the charts of all releases, in as many requests as the API needs', async () => {
  const berth = new FakeBerthApi(MEMBER, []);
  const origins = Array.from({ length: 250 }, (_, n) => ({
    chart: { name: `web${n % 130}`, version: '1.0.0' },
    origin: { repository: `lab${n}` },
  }));
  berth.charts.push(
    ...origins.map(({ chart, origin }) => aChart(chart.name, origin)),
  );
  function Wrapper({ children }: PropsWithChildren<{}>) {
    return (
      <TestApiProvider apis={[[berthApiRef, berth]]}>
        <QueryProvider>{children}</QueryProvider>
      </TestApiProvider>
    );
  }
  const { result } = renderHook(() => useNewestCharts(origins), {
    wrapper: Wrapper,
  });
  await waitFor(() => expect(result.current.size).toBe(250));
  for (const { repository, name, limit } of berth.chartQueries) {
    expect([repository, name].flat().length).toBeGreaterThan(0);
    expect([repository].flat().length).toBeLessThanOrEqual(100);
    expect([name].flat().length).toBeLessThanOrEqual(100);
    expect(limit).toBe(100);
  }
});
