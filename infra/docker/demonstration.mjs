// The step after the services have started: people, histories and a directory, all invented.
import { loadDemonstrationData } from '../local/src/load-demonstration.ts';

await loadDemonstrationData();
