import useAsync from 'react-use/esm/useAsync';
import { Facts, Moment, Section, ToneText, useText } from '../../../kit';
import { Code, known, Lines, ObjectLink } from '../parts';
import { at, listAt, textAt, timeAt } from '../reading';
import { containersOf } from './containers';
import { ContainersSection } from './ContainersSection';
import { DetailsProps } from './types';

/** Shows when a cron job runs, its last run, and its template. */
export function CronJobDetails({ address, view }: DetailsProps) {
  const t = useText();
  const { object } = view;
  const { cluster, namespace } = address;
  const lastRun = timeAt(object, 'status.lastScheduleTime');
  const lastSuccess = timeAt(object, 'status.lastSuccessfulTime');
  const active = listAt(object, 'status.active').flatMap(
    job => textAt(job, 'name') ?? [],
  );
  return (
    <>
      <Section title={t('object.cronJob.title')}>
        <Facts
          items={known([
            {
              label: t('object.cronJob.schedule'),
              value: <Schedule text={textAt(object, 'spec.schedule') ?? ''} />,
            },
            {
              label: t('object.cronJob.timeZone'),
              value:
                textAt(object, 'spec.timeZone') ??
                t('object.cronJob.clusterTime'),
            },
            {
              label: t('object.cronJob.suspended'),
              value:
                at(object, 'spec.suspend') === true ? (
                  <ToneText tone="warning">{t('object.cronJob.yes')}</ToneText>
                ) : (
                  t('object.cronJob.no')
                ),
            },
            {
              label: t('object.cronJob.lastRun'),
              value: lastRun ? <Moment at={lastRun} /> : t('common.never'),
            },
            {
              label: t('object.cronJob.lastSuccess'),
              value: lastSuccess && <Moment at={lastSuccess} />,
            },
            {
              label: t('object.cronJob.active'),
              value: active.length > 0 && (
                <Lines
                  items={active.map(name => (
                    <ObjectLink
                      key={name}
                      address={{
                        cluster,
                        group: 'batch',
                        plural: 'jobs',
                        namespace,
                        name,
                      }}
                    />
                  ))}
                />
              ),
            },
            {
              label: t('object.cronJob.concurrency'),
              value: textAt(object, 'spec.concurrencyPolicy'),
            },
          ])}
        />
      </Section>
      <ContainersSection
        containers={containersOf(at(object, 'spec.jobTemplate.spec.template'))}
      />
    </>
  );
}

/** Shows a schedule as it is, and in words if it can be read. */
function Schedule({ text }: { text: string }) {
  const words = useAsync(async () => {
    const cronstrue = await import('cronstrue');
    return cronstrue.toString(text, { use24HourTimeFormat: true });
  }, [text]);
  return (
    <>
      <Code>{text}</Code>
      {words.value && <div>{words.value}</div>}
    </>
  );
}
