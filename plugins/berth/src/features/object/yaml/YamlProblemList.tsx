import { ToneText, useText } from '../../../kit';
import { YamlProblem } from '../../../kit/code';

/** Lists the errors of a YAML text with their lines, for those who do not see the marks in the editor. */
export function YamlProblemList({
  problems,
}: {
  problems: readonly YamlProblem[];
}) {
  const t = useText();
  return (
    <div role="status">
      {problems.map(({ line, message }) => (
        <ToneText key={`${line} ${message}`} as="p" tone="danger">
          {t('object.yaml.problem', { line: String(line), message })}
        </ToneText>
      ))}
    </div>
  );
}
