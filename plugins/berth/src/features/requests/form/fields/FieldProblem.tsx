import { ToneText } from '../../../../kit';

/** The error of a part of the form that cannot show it. */
export function FieldProblem(props: { id?: string; text?: string }) {
  return (
    <div id={props.id} role="status">
      {props.text && (
        <ToneText as="p" tone="danger" variant="body-small">
          {props.text}
        </ToneText>
      )}
    </div>
  );
}
