import { HelmHook } from '@berth/plugin-berth-common';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import { Moment, Section, ToneLabel, useText } from '../../../kit';

/** Shows the hooks of a release, and how each one ran last. */
export function HooksSection({ hooks }: { hooks: HelmHook[] }) {
  const t = useText();
  const column = {
    hook: t('helm.hooks.hook'),
    events: t('helm.hooks.events'),
    lastRun: t('helm.hooks.lastRun'),
    when: t('helm.hooks.when'),
  };
  return (
    <Section title={t('helm.hooks.title')}>
      <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
        {hooks.map(({ name, kind, events, lastRun }) => {
          const at = lastRun?.completedAt ?? lastRun?.startedAt;
          return (
            <FoldingRow
              key={`${kind}/${name}`}
              header={`${kind} ${name}`}
              cells={[
                { label: column.events, content: events.join(', ') },
                {
                  label: column.lastRun,
                  content: lastRun ? (
                    <ToneLabel
                      tone={toneOf(lastRun.phase)}
                      text={lastRun.phase}
                    />
                  ) : (
                    t('helm.hooks.never')
                  ),
                },
                { label: column.when, content: at ? <Moment at={at} /> : '' },
              ]}
            />
          );
        })}
      </FoldingTable>
    </Section>
  );
}

function toneOf(phase: string) {
  if (phase === 'Succeeded') {
    return 'success';
  }
  return phase === 'Failed' ? 'danger' : 'pending';
}
