import { Flex } from '@backstage/ui';
import { stringify } from 'yaml';
import { CodeBlock, CopyButton, useText } from '../../kit';

/** Settings to be copied into `app-config.yaml`. */
export function ConfigAddition(props: { settings: object; comment?: string }) {
  const t = useText();
  const { comment, settings } = props;
  const text = `${comment ? `# ${comment}\n` : ''}${stringify(settings)}`;
  return (
    <Flex direction="column" gap="2" align="start">
      <CodeBlock text={text} label={t('setup.file')} />
      <CopyButton text={text} />
    </Flex>
  );
}
