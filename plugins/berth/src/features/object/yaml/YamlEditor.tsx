import { useMemo } from 'react';
import { Alert, Button, Flex, Text } from '@backstage/ui';
import { ObjectAddress, ObjectView } from '@berth/plugin-berth-common';
import {
  ActionButton,
  ConfirmDialog,
  ProblemAlert,
  useText,
} from '../../../kit';
import { CodeEditor, DiffView } from '../../../kit/code';
import { changedSince } from './changedSince';
import { ConflictTable } from './ConflictTable';
import { YamlEdit } from './useYamlEdit';
import { YamlProblemList } from './YamlProblemList';

const HEIGHT = '60vh';
const REVIEW_WIDTH = 960;

/** Edits an object as YAML, and shows what others changed meanwhile. */
export function YamlEditor(props: {
  address: ObjectAddress;
  edit: YamlEdit;
  /** The object as the cluster has it now. */
  latest: string;
  managers: ObjectView['managers'];
}) {
  const { address, edit, latest, managers } = props;
  const { base, problems, review, conflicts, failure } = edit;
  const t = useText();
  const start = base?.yaml ?? latest;
  // Not at each key: the comparison reads both texts.
  const changes = useMemo(() => changedSince(start, latest), [start, latest]);
  return (
    <Flex direction="column" gap="3">
      {changes.length > 0 && conflicts.length === 0 && (
        <Alert
          role="status"
          status="warning"
          icon
          title={t('object.yaml.changedMeanwhile', {
            who: since(managers, base?.startedAt ?? 0) || t('common.unknown'),
          })}
          description={t('object.yaml.changedFields', {
            fields: changes.join(', '),
          })}
        />
      )}
      {conflicts.length > 0 && (
        <ConflictTable
          conflicts={conflicts}
          isPending={edit.isPending}
          onKeep={edit.keepYours}
          onTake={edit.takeTheirs}
        />
      )}
      <CodeEditor
        label={t('object.yaml.editLabel', { name: address.name })}
        value={edit.text}
        onChange={edit.type}
        height={HEIGHT}
      />
      <YamlProblemList problems={problems} />
      {failure !== undefined && (
        <ProblemAlert error={failure} title={t('object.yaml.refused')} />
      )}
      <Flex gap="2" style={{ flexWrap: 'wrap' }}>
        <ActionButton
          variant="primary"
          isPending={edit.isPending}
          disabledReason={reasonOf()}
          onPress={() => edit.ask()}
        >
          {t('object.yaml.review')}
        </ActionButton>
        <Button variant="secondary" onPress={edit.cancel}>
          {t('common.cancel')}
        </Button>
      </Flex>
      {review && (
        <ConfirmDialog
          title={t('object.yaml.reviewTitle', { name: address.name })}
          action={t('object.yaml.save')}
          failed={t('object.yaml.refused')}
          width={REVIEW_WIDTH}
          isHarmless
          disabledReason={
            review.diff === '' ? t('object.yaml.noEffect') : undefined
          }
          onConfirm={edit.save}
          onClose={edit.closeReview}
        >
          {review.diff === '' ? (
            <Text>{t('object.yaml.noEffect')}</Text>
          ) : (
            <>
              <Text color="secondary">{t('object.yaml.reviewHint')}</Text>
              <DiffView diff={review.diff} />
            </>
          )}
        </ConfirmDialog>
      )}
    </Flex>
  );

  function reasonOf(): string | undefined {
    if (!edit.isChanged) {
      return t('object.yaml.unchanged');
    }
    return problems.length > 0 ? t('object.yaml.fixFirst') : undefined;
  }
}

/** Returns who changed an object since a time. */
function since(managers: ObjectView['managers'], startedAt: number): string {
  const names = managers
    .filter(({ time }) => time && Date.parse(time) >= startedAt - 1_000)
    .map(({ manager }) => manager);
  return [...new Set(names)].join(', ');
}
