import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ReflectedObjects } from '../ReflectedObjects';
import { bindingText } from './bindingText';

// Runs in a separate process, because garbage of other tests would disturb the measurement. Prints the number
// of kept objects, and the bytes of heap that each took.

const COUNT = 100_000;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function heapUsed(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const objects = new ReflectedObjects(COUNT);
const before = heapUsed();
for (let index = 0; index < COUNT; index++) {
  objects.set(JSON.parse(bindingText(index)));
}
const bytesEach = (heapUsed() - before) / COUNT;
process.stdout.write(JSON.stringify({ size: objects.size, bytesEach }));
