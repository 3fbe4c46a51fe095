import { ToneText } from '../../common';

/** What is wrong with a part of the form that cannot say so itself. */
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
