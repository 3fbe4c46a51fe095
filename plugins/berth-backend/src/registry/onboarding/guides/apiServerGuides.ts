import { OnboardingStep } from '@berth/plugin-berth-common';
import {
  ApiServerSetup,
  configurationSetup,
  flagsSetup,
} from '../apiServerSetup';
import { shellWord } from '../shellWords';
import { GuideMaker } from '../types';
import { isAtLeast } from '../../../model/versions';
import { manifestSteps } from './manifestGuide';

const FOLDER = '/etc/kubernetes/berth';

/** The guide for self-managed kube-apiservers since Kubernetes 1.30. */
export const authenticationConfigGuide: GuideMaker = context => {
  const setup = configurationSetup(context, FOLDER);
  const tooOld = isAtLeast(context.version, 30) === false;
  return {
    title: 'AuthenticationConfiguration',
    notes: [
      ...(tooOld
        ? [
            `This cluster runs ${context.version}, which does not support an AuthenticationConfiguration: use apiserver-flags.`,
          ]
        : []),
      ...setup.notes,
    ],
    steps: [
      ...fileSteps(setup),
      argumentsStep(setup),
      ...manifestSteps(context),
    ],
  };
};

/** The guide for self-managed kube-apiservers of every version. */
export const apiServerFlagsGuide: GuideMaker = context => {
  const setup = flagsSetup(context, FOLDER);
  return {
    title: 'kube-apiserver flags',
    notes: setup.notes,
    steps: [
      ...fileSteps(setup),
      argumentsStep(setup),
      ...manifestSteps(context),
    ],
  };
};

/** @param folder - where to save the files, if that is not the folder that kube-apiserver sees */
export function fileSteps(
  setup: ApiServerSetup,
  folder = FOLDER,
): OnboardingStep[] {
  return setup.files.map(file => ({
    title: `${file.title} as ${folder}/${file.name}, for each API server`,
    why: file.why,
    language: file.language,
    filename: file.name,
    text: file.content,
  }));
}

function argumentsStep(setup: ApiServerSetup): OnboardingStep {
  return {
    title: 'Start kube-apiserver with these arguments',
    why: 'They make it trust the tokens that the portal issues for this cluster, and no others',
    language: 'text',
    text: setup.arguments
      .map(({ name, value }) => `--${name}=${shellWord(value)}\n`)
      .join(''),
  };
}
