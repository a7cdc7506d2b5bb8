import { runServer } from './server';

void runServer('npx projen local', process.argv.slice(2));
