import { useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Select,
  Text,
  TextField,
} from '@backstage/ui';
import { ActionButton } from '../ActionButton';
import { CodeEditor, useYamlProblems } from '../code';
import { useClusters } from '../hooks';
import { ToneText } from '../labels';
import { ProblemAlert } from '../notices';
import { useUnsavedChanges } from '../unsavedChanges';
import { useText } from '../useText';
import { DocumentResult } from './DocumentResult';
import { FileDrop } from './FileDrop';
import { isApplied, useApply } from './useApply';
import styles from './apply.module.css';

const WIDTH = 1100;
const HEIGHT = '38vh';

/** Applies YAML to a cluster: the person sees what would change before it does. */
export function ApplyYaml(props: {
  /** Chosen at first. */
  cluster?: string;
  namespace?: string;
  /** Called when objects have changed. */
  onApplied?: () => void;
  onClose: () => void;
}) {
  const { onApplied = () => {}, onClose } = props;
  const t = useText();
  const { value: clusters } = useClusters();
  const [chosen, setChosen] = useState(props.cluster);
  const [namespace, setNamespace] = useState(props.namespace ?? '');
  const [yaml, setYaml] = useState('');
  const names = (clusters?.items ?? []).map(({ name }) => name);
  const cluster = chosen ?? (names.length === 1 ? names[0] : '');
  const apply = useApply(
    { cluster, namespace: namespace.trim(), yaml },
    onApplied,
  );
  const { answer, failure, isPending, isApplying, isDone, isReady } = apply;
  const mayDiscard = useUnsavedChanges(yaml.trim() !== '' && !isDone);
  const problems = useYamlProblems(yaml);
  const leave = () => mayDiscard() && onClose();
  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && leave()}
      width={WIDTH}
      style={{ maxWidth: '95vw' }}
    >
      <DialogHeader>{t('apply.title')}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          <div className={styles.place}>
            <Select
              label={t('apply.cluster')}
              placeholder={t('apply.chooseCluster')}
              options={names.map(name => ({ id: name, label: name }))}
              isRequired
              isDisabled={isApplying}
              value={cluster || null}
              onChange={key => setChosen(String(key ?? ''))}
            />
            <TextField
              label={t('apply.namespace')}
              description={t('apply.namespaceHint')}
              value={namespace}
              isDisabled={isApplying}
              onChange={setNamespace}
            />
          </div>
          <FileDrop onText={setYaml} isDisabled={isApplying}>
            <CodeEditor
              label={t('apply.editor')}
              value={yaml}
              onChange={isApplying ? undefined : setYaml}
              height={HEIGHT}
            />
          </FileDrop>
          <div role="status">
            {problems.map(({ line, message }) => (
              <ToneText key={`${line} ${message}`} as="p" tone="danger">
                {t('object.yaml.problem', { line: String(line), message })}
              </ToneText>
            ))}
          </div>
          {failure !== undefined && (
            <ProblemAlert error={failure} title={t('apply.failed')} />
          )}
          {answer && (
            <section className={styles.results} aria-label={t('apply.results')}>
              <Text role="status" weight="bold">
                {summary()}
              </Text>
              {answer.documents.map(document => (
                <DocumentResult
                  key={document.index}
                  document={document}
                  cluster={cluster}
                  isDryRun={answer.isDryRun}
                  isLocked={isApplying}
                  isForced={apply.forced.has(document.index)}
                  onToggleForce={() => apply.toggleForce(document.index)}
                />
              ))}
            </section>
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={leave}>
          {isDone ? t('apply.close') : t('common.cancel')}
        </Button>
        {!isDone && (
          <ActionButton
            variant="secondary"
            isPending={isPending}
            disabledReason={reasonOf()}
            onPress={apply.ask}
          >
            {t('apply.ask')}
          </ActionButton>
        )}
        {!isDone && (
          <ActionButton
            variant="primary"
            isPending={isPending}
            disabledReason={isReady ? undefined : t('apply.askFirst')}
            onPress={apply.apply}
          >
            {t('apply.apply')}
          </ActionButton>
        )}
      </DialogFooter>
    </Dialog>
  );

  function reasonOf(): string | undefined {
    if (!cluster) {
      return t('apply.noCluster');
    }
    if (!yaml.trim()) {
      return t('apply.noYaml');
    }
    return problems.length > 0 ? t('object.yaml.fixFirst') : undefined;
  }

  function summary(): string {
    const documents = answer?.documents ?? [];
    const count = documents.filter(isApplied).length;
    const isStopped = documents.some(({ action }) => action === 'failed');
    if (isStopped) {
      return answer?.isDryRun
        ? t('apply.wouldFail')
        : t('apply.stopped', { count, of: String(documents.length) });
    }
    return answer?.isDryRun
      ? t('apply.would', { count })
      : t('apply.did', { count });
  }
}
