import { Facts, Moment, Section, useText } from '../../../kit';
import { known } from '../parts';
import { at, numberAt, textAt, timeAt } from '../reading';
import { containersOf } from './containers';
import { ContainersSection } from './ContainersSection';
import { DetailsProps } from './types';

/** Shows how far a job is, and its template. */
export function JobDetails({ view }: DetailsProps) {
  const t = useText();
  const { object } = view;
  const startedAt = timeAt(object, 'status.startTime');
  const completedAt = timeAt(object, 'status.completionTime');
  const count = (path: string) => String(numberAt(object, path) ?? 0);
  return (
    <>
      <Section title={t('object.job.title')}>
        <Facts
          items={known([
            {
              label: t('object.job.completions'),
              value: t('object.job.of', {
                done: count('status.succeeded'),
                wanted: textAt(object, 'spec.completions') ?? '1',
              }),
            },
            { label: t('object.job.active'), value: count('status.active') },
            {
              label: t('object.job.failed'),
              value: t('object.job.failedOf', {
                failed: count('status.failed'),
                limit: textAt(object, 'spec.backoffLimit') ?? '6',
              }),
            },
            {
              label: t('object.job.parallelism'),
              value: textAt(object, 'spec.parallelism'),
            },
            {
              label: t('object.job.suspended'),
              value: at(object, 'spec.suspend') === true && t('object.job.yes'),
            },
            {
              label: t('object.job.started'),
              value: startedAt && <Moment at={startedAt} />,
            },
            {
              label: t('object.job.completed'),
              value: completedAt && <Moment at={completedAt} />,
            },
          ])}
        />
      </Section>
      <ContainersSection
        containers={containersOf(at(object, 'spec.template'))}
      />
    </>
  );
}
