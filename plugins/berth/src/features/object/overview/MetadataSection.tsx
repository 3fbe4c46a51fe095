import { ReactNode } from 'react';
import { ObjectAddress, ObjectView } from '@berth/plugin-berth-common';
import { CopyIcon, Facts, Moment, Section, useText } from '../../../kit';
import pageStyles from '../../../kit/page.module.css';
import { detailsOf } from '../kinds/detailsOf';
import styles from '../object.module.css';
import { Chips, Code, known, pairsOf } from '../parts';
import { mapAt, textAt, textsAt, timeAt } from '../reading';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** Cells that the page shows elsewhere. */
const SHOWN_ELSEWHERE = new Set(['Name', 'Age']);

/** Shows the labels and annotations of an object. Of a kind without a part of its own, also its row in the list. */
export function MetadataSection(props: {
  address: ObjectAddress;
  view: ObjectView;
}) {
  const { address, view } = props;
  const t = useText();
  const { object } = view;
  const createdAt = timeAt(object, 'metadata.creationTimestamp');
  const deletedAt = timeAt(object, 'metadata.deletionTimestamp');
  const uid = textAt(object, 'metadata.uid');
  const annotations = Object.entries(
    mapAt(object, 'metadata.annotations'),
  ).filter(([name]) => name !== LAST_APPLIED);
  return (
    <Section title={t('object.metadata.title')}>
      <Facts
        items={known([
          ...(detailsOf(address) ? [] : summaryFacts(view)),
          {
            label: t('object.metadata.type'),
            value: textAt(object, 'type'),
          },
          {
            label: t('object.metadata.kind'),
            value: kindText(address, object),
          },
          {
            label: t('object.metadata.created'),
            value: createdAt && <Moment at={createdAt} />,
          },
          {
            label: t('object.metadata.deleted'),
            value: deletedAt && <Moment at={deletedAt} />,
          },
          {
            label: t('object.metadata.finalizers'),
            value: textsAt(object, 'metadata.finalizers').join(', '),
          },
          {
            label: t('object.metadata.labels'),
            value: <Chips items={pairsOf(mapAt(object, 'metadata.labels'))} />,
          },
          {
            label: t('object.metadata.annotations'),
            value: annotations.length > 0 && (
              <details className={styles.folded}>
                <summary>
                  {t('object.metadata.annotationCount', {
                    count: annotations.length,
                  })}
                </summary>
                <Facts
                  items={annotations.map(([name, text]) => ({
                    label: name,
                    value: <Code>{text}</Code>,
                  }))}
                />
              </details>
            ),
          },
          {
            label: t('object.metadata.uid'),
            value: uid && (
              <span className={pageStyles.copyable}>
                {uid}
                <CopyIcon text={uid} />
              </span>
            ),
          },
        ])}
      />
    </Section>
  );
}

/** Returns the cells of the row of an object, as `kubectl get` shows them, without those that have no value. */
function summaryFacts({
  summary,
}: ObjectView): { label: string; value: ReactNode }[] {
  if (!summary) {
    return [];
  }
  return summary.columns.flatMap(({ name, priority }, index) => {
    const cell = summary.cells[index] ?? '';
    return priority > 0 || SHOWN_ELSEWHERE.has(name) || cell === '<none>'
      ? []
      : [{ label: name, value: String(cell) }];
  });
}

function kindText(address: ObjectAddress, object: ObjectView['object']) {
  const version = textAt(object, 'apiVersion') ?? address.group;
  return `${textAt(object, 'kind') ?? address.plural} (${version})`;
}
