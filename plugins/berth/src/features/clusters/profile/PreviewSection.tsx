import { useState } from 'react';
import { Flex, Skeleton, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ProfilePreview, toYaml } from '@berth/plugin-berth-common';
import { parse } from 'yaml';
import { berthApiRef } from '../../../api';
import {
  ActionButton,
  ProblemAlert,
  ProblemNotice,
  Section,
  ToneText,
  useText,
} from '../../../kit';
import { CodeEditor, useYamlProblems } from '../../../kit/code';
import { usePolled } from '../../../kit/query';
import { PreviewResult } from './PreviewResult';

/** The profiles change with a restart of the portal only. */
const INTERVAL = 10 * 60_000;

/** Previews profiles, which begin with those of the configuration. */
export function PreviewSection({ cluster }: { cluster: string }) {
  const t = useText();
  const api = useApi(berthApiRef);
  const profiles = usePolled({
    key: ['profiles'],
    load: () => api.listProfiles(),
    every: INTERVAL,
  });
  const written = profiles.value?.items.map(one => one.written);
  return (
    <Section title={t('profile.preview.title')}>
      <Flex direction="column" gap="3">
        <Text color="secondary">{t('profile.preview.description')}</Text>
        {Boolean(profiles.error) && !written && (
          <ProblemNotice
            error={profiles.error}
            onRetry={profiles.refresh}
            retrying={profiles.refreshing}
          />
        )}
        {!profiles.error && !written && <Skeleton width="100%" height={200} />}
        {written && (
          <PreviewForm
            cluster={cluster}
            initial={written.length > 0 ? toYaml(written) : ''}
          />
        )}
      </Flex>
    </Section>
  );
}

function PreviewForm(props: { cluster: string; initial: string }) {
  const { cluster, initial } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const [text, setText] = useState(initial);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const [shown, setShown] = useState<{ preview: ProfilePreview; of: string }>();
  const [problem] = useYamlProblems(text);

  const run = async () => {
    setPending(true);
    setError(undefined);
    try {
      const preview = await api.previewProfile(cluster, {
        profiles: parse(text) ?? [],
      });
      setShown({ preview, of: text });
    } catch (thrown) {
      setError(thrown);
      setShown(undefined);
    } finally {
      setPending(false);
    }
  };
  const refusal = problem
    ? t('profile.preview.yaml', {
        line: String(problem.line),
        message: problem.message,
      })
    : notAList();

  return (
    <>
      <CodeEditor
        label={t('profile.preview.editor')}
        value={text}
        onChange={setText}
        height="320px"
      />
      {refusal && <ToneText tone="danger">{refusal}</ToneText>}
      <div>
        <ActionButton
          variant="primary"
          disabledReason={refusal}
          isPending={pending}
          onPress={run}
        >
          {t('profile.preview.action')}
        </ActionButton>
      </div>
      {error !== undefined && (
        <ProblemAlert error={error} title={t('profile.preview.failed')} />
      )}
      {shown && (
        <PreviewResult preview={shown.preview} outdated={shown.of !== text} />
      )}
    </>
  );

  function notAList(): string | undefined {
    return isList(text) ? undefined : t('profile.preview.notList');
  }
}

/** Returns whether a text is empty or a list. One that cannot be read has an error of its own. */
function isList(text: string): boolean {
  try {
    const value: unknown = parse(text);
    return value === null || Array.isArray(value);
  } catch {
    return true;
  }
}
