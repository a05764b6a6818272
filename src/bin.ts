#!/usr/bin/env node
/** The `orrery` command. */
import { main } from './cli/main.ts';

process.exitCode = await main(process.argv);
