import { useState } from 'react';
import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ObjectAddress, RolloutRevision } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { FoldingRow, FoldingTable } from '../../kit/FoldingTable';
import { ActionButton, Loaded, Moment, Section, useText } from '../../kit';
import { usePolled } from '../../kit/query';
import { RollBackDialog } from './actions/RollBackDialog';
import { ObjectActions } from './actions/useObjectActions';
import { Code, Lines } from './parts';

const INTERVAL = 15_000;

/** Shows the revisions of a workload, each with its images and a button that rolls back to it. */
export function RevisionsTab(props: {
  address: ObjectAddress;
  actions: ObjectActions;
}) {
  const { address, actions } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const polled = usePolled({
    key: ['object', address, 'revisions'],
    load: () => api.listRevisions(address),
    every: INTERVAL,
  });
  const [chosen, setChosen] = useState<RolloutRevision>();
  const current = polled.value?.items.find(revision => revision.current);
  return (
    <Section title={t('object.revisions.title')}>
      <Loaded
        polled={polled}
        title={t('object.revisions.failed')}
        render={({ items }) =>
          items.length === 0 ? (
            <Text color="secondary">{t('object.revisions.none')}</Text>
          ) : (
            <RevisionsTable
              revisions={items}
              disabledReason={actions.reasonOf('rollBack')}
              onChoose={setChosen}
            />
          )
        }
      />
      {chosen && (
        <RollBackDialog
          revision={chosen}
          current={current}
          act={async action => {
            await actions.act(action);
            await polled.refresh();
          }}
          onClose={() => setChosen(undefined)}
        />
      )}
    </Section>
  );
}

function RevisionsTable(props: {
  revisions: RolloutRevision[];
  disabledReason?: string;
  onChoose: (revision: RolloutRevision) => void;
}) {
  const { revisions, disabledReason, onChoose } = props;
  const t = useText();
  const column = {
    revision: t('object.revisions.revision'),
    created: t('object.revisions.created'),
    images: t('object.revisions.images'),
    replicas: t('object.revisions.replicas'),
    cause: t('object.revisions.cause'),
    action: t('object.revisions.action'),
  };
  return (
    <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
      {revisions.map(one => (
        <FoldingRow
          key={one.revision}
          header={String(one.revision)}
          title={one.name}
          cells={[
            {
              label: column.created,
              content: one.createdAt ? <Moment at={one.createdAt} /> : '',
            },
            {
              label: column.images,
              content: (
                <Lines
                  items={one.images.map(image => (
                    <Code key={image}>{image}</Code>
                  ))}
                />
              ),
            },
            {
              label: column.replicas,
              content: one.replicas === undefined ? '' : String(one.replicas),
            },
            { label: column.cause, content: one.changeCause ?? '' },
            {
              label: column.action,
              content: one.current ? (
                t('object.revisions.current')
              ) : (
                <ActionButton
                  variant="secondary"
                  size="small"
                  disabledReason={disabledReason}
                  aria-label={t('object.revisions.rollBackTo', {
                    revision: String(one.revision),
                  })}
                  style={{ whiteSpace: 'nowrap' }}
                  onPress={() => onChoose(one)}
                >
                  {t('object.revisions.rollBack')}
                </ActionButton>
              ),
            },
          ]}
        />
      ))}
    </FoldingTable>
  );
}
