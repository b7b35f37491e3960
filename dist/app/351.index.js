export const id = 351;
export const ids = [351];
export const modules = {

/***/ 351:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cli: () => (/* binding */ cli)
});

// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(8179);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/adapters/file-store.ts
var file_store = __webpack_require__(2160);
// EXTERNAL MODULE: ./src/adapters/git-cli.ts + 4 modules
var git_cli = __webpack_require__(6524);
// EXTERNAL MODULE: ./src/adapters/interruption.ts
var interruption = __webpack_require__(9289);
// EXTERNAL MODULE: ./src/adapters/machine.ts + 6 modules
var machine = __webpack_require__(8334);
// EXTERNAL MODULE: ./src/adapters/harmless.ts
var harmless = __webpack_require__(2269);
;// CONCATENATED MODULE: ./src/adapters/terminal-host.ts

/** Shows a run at a terminal: the result on standard output, everything else on standard error. */
class TerminalHost {
    streams;
    options;
    constructor(streams, options) {
        this.streams = streams;
        this.options = options;
    }
    progress(line) {
        if (!this.options.quiet)
            this.streams.error.write(`${(0,harmless/* forTerminal */.Q)(line)}\n`);
    }
    detail(line) {
        if (this.options.verbose)
            this.progress(line);
    }
    group(title, lines) {
        this.progress(title);
        for (const line of lines)
            this.progress(`  ${line}`);
    }
    result(lines) {
        if (this.options.json || this.options.quiet)
            return;
        for (const line of lines)
            this.streams.out.write(`${(0,harmless/* forTerminal */.Q)(line)}\n`);
    }
    document(value) {
        if (this.options.json)
            this.streams.out.write(`${JSON.stringify(value)}\n`);
    }
    notice(notice) {
        this.progress(`notice: ${located(notice.message, notice.place)}`);
    }
    failure(failure) {
        const place = failure.kind === 'config-invalid' ? failure.place : undefined;
        if (failure.kind === 'build-failed')
            this.#errors(`log of ${failure.message}`, failure.log);
        this.streams.error.write(`${(0,harmless/* forTerminal */.Q)(`error: ${located(failure.message, place)}`)}\n`);
    }
    /** A log is part of its failure, so it is shown even where progress is not. */
    #errors(title, lines) {
        for (const line of [title, ...lines.map((one) => `  ${one}`)])
            this.streams.error.write(`${(0,harmless/* forTerminal */.Q)(line)}\n`);
    }
    output() {
        // A terminal has the document in its place.
    }
    async summary() {
        // A terminal has the result in its place.
    }
}
function located(message, place) {
    return place === undefined ? message : `${place.file}:${place.line}:${place.column}: ${message}`;
}

// EXTERNAL MODULE: ./src/pipeline.ts + 46 modules
var pipeline = __webpack_require__(2485);
;// CONCATENATED MODULE: ./package.json
const package_namespaceObject = {"rE":"0.1.0"};
;// CONCATENATED MODULE: ./src/adapters/version.ts

/** Version of this software, as published. */
const VERSION = package_namespaceObject.rE;

;// CONCATENATED MODULE: ./src/cli.ts










/** The terminal command. Sets `process.exitCode`; `args` are the words after the program's name. */
async function cli(args) {
    endQuietlyWithoutReader(process);
    const program = new esm/* Command */.uB('smart-image-build')
        .description('Builds the container images of a monorepo whose content changed, and says why.')
        .version(VERSION, '--version')
        .configureHelp({ showGlobalOptions: true })
        .addHelpText('after', EXIT_CODES);
    shared(program.command('plan'))
        .description('say what would be built, and why')
        .option('--exit-code', 'end with code 10 when something is to be rebuilt')
        .action((services, flags) => start('plan', { services, flags }));
    building(shared(program.command('build')))
        .description('build what changed and reuse the rest; without --push images are loaded into Docker')
        .action((services, flags) => start('build', { services, flags }));
    for (const command of [program, ...program.commands])
        command.exitOverride();
    try {
        await program.parseAsync(args.map(withValue), { from: 'user' });
    }
    catch (error) {
        if (!(error instanceof esm/* CommanderError */.b7))
            throw error;
        process.exitCode = error.exitCode === 0 ? 0 : 2;
    }
}
/** `plan --json | head`: who has read enough closes the pipe, which is no error of ours. */
function endQuietlyWithoutReader({ stdout }) {
    stdout.on('error', (error) => {
        if (error.code !== 'EPIPE')
            throw error;
        process.exit(0);
    });
}
const EXIT_CODES = `
Exit codes:
  0 done   1 an image failed   2 wrong usage or configuration   3 git, Docker or buildx is missing
  10 something is to be rebuilt (plan --exit-code)   130 interrupted`;
/** A bare --force would swallow the service that follows it. */
function withValue(arg) {
    return arg === '--force' ? '--force=all' : arg;
}
function shared(command) {
    return command
        .argument('[services...]', 'names or globs; all services when none is given')
        .option('--config <file>', 'configuration (default: .github/smart-image-build.yml, smart-image-build.yml)')
        .option('--cwd <folder>', 'folder that plays the repository root (default: the top of the repository)')
        .option('--force [list]', 'rebuild all, or a comma separated list of services')
        .option('--push', 'images must be in the registry')
        .option('--load', 'images must be in this Docker')
        .option('--registry <prefix>', 'registry prefix, such as ghcr.io/acme')
        .option('--local-only', 'ask no registry')
        .option('--base-ref <commit>', 'commit that changes are explained against')
        .option('--json', 'print one JSON document on standard output')
        .option('--quiet', 'print only failures')
        .option('--verbose', "print the output of every build's steps");
}
function building(command) {
    return command
        .option('--tag <tag>', 'tags besides the fingerprint (default: latest; with --push: commit and branch), repeatable', (tag, tags) => [...(tags ?? []), tag])
        .option('--max-parallel <n>', 'builds at once (default: twice the processors, at least 4)')
        .option('--fail-fast', 'start no further build after a failure')
        .option('--no-cache', 'build without the layer cache')
        .option('--pull', 'look for newer base images')
        .option('--builder <name>', 'buildx builder')
        .option('--plain', 'plain progress lines')
        .option('--allow-dirty', 'push images that hold uncommitted files; moves no tag but the fingerprint')
        .option('--dry-run', 'only say what would be built')
        .option('--check-only', 'the same as --dry-run');
}
async function start(command, { services, flags }) {
    const { env } = process;
    const options = { json: flags.json === true, quiet: flags.quiet === true, verbose: flags.verbose === true };
    const host = new TerminalHost({ out: process.stdout, error: process.stderr }, options);
    const repository = await (0,git_cli/* openRepository */.h)((0,external_node_path_.resolve)(flags.cwd ?? '.'), {
        environment: env,
        atTop: flags.cwd === undefined,
    });
    if (!repository.ok) {
        process.exitCode = (0,pipeline/* fail */.f)(repository.failures, { host });
        return;
    }
    const { git, root, commonDirectory } = repository.value;
    const ref = git.branch === undefined ? undefined : `refs/heads/${git.branch}`;
    const signal = (0,interruption/* abortOnSignals */.P)(process);
    const job = {
        inputs: inputsOf(command, { services, flags }),
        defaults: { maxParallel: (0,machine/* defaultParallel */.f)() },
        context: {
            trigger: { kind: 'terminal' },
            runId: (0,external_node_crypto_.randomUUID)(),
            stateScope: `terminal@${ref ?? git.head}`,
            defaultPlatform: flags.push
                ? 'linux/amd64'
                : `linux/${DOCKER_ARCHITECTURES[process.arch] ?? process.arch}`,
            variables: env,
            ...(ref !== undefined && { ref }),
        },
        rootName: (0,external_node_path_.basename)(root),
        color: process.stdout.isTTY && process.stderr.isTTY && (env['NO_COLOR'] ?? '') === '',
        signal,
    };
    process.exitCode = await (0,pipeline/* run */.e)(job, {
        git,
        ...(0,machine/* machine */.A)({ root, environment: env, signal }),
        store: new file_store/* FileStore */.y((0,external_node_path_.join)(commonDirectory, 'smart-image-build')),
        host,
    });
}
const DOCKER_ARCHITECTURES = { x64: 'amd64', ia32: '386', arm: 'arm/v7' };
/** The flags by the names of the action's inputs. What only says how to build is left out of a plan. */
function inputsOf(command, { services, flags }) {
    const toLoad = flags.load ?? (command === 'build' && !flags.push);
    const tags = flags.tag ?? (flags.push ? [] : ['latest']);
    const building = {
        tags: tags.join('\n'),
        'max-parallel': flags.maxParallel,
        'fail-fast': cli_text(flags.failFast),
        'no-cache': cli_text(flags.cache === false),
        pull: cli_text(flags.pull),
        builder: flags.builder,
        'allow-dirty': cli_text(flags.allowDirty),
        'dry-run': cli_text(flags.dryRun ?? flags.checkOnly),
    };
    return {
        mode: command,
        config: flags.config,
        services: services.join('\n'),
        force: flags.force,
        push: cli_text(flags.push),
        load: cli_text(toLoad),
        registry: flags.registry,
        'base-ref': flags.baseRef,
        'local-only': cli_text(flags.localOnly),
        'exit-code': cli_text(flags.exitCode),
        ...(command === 'build' && building),
    };
}
function cli_text(flag) {
    return String(flag ?? false);
}


/***/ })

};
