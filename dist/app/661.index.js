export const id = 661;
export const ids = [661];
export const modules = {

/***/ 4605:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ MISS),
/* harmony export */   Z: () => (/* binding */ callCache)
/* harmony export */ });
/** Exit code for an entry that is not there, or was not taken. */
const MISS = 4;
/**
 * One call of the Actions cache service, in the working directory in the role of the workspace. Returns the exit code;
 * throws, and warns through workflow commands on standard output, as @actions/cache does.
 */
async function callCache({ operation, path, key, prefix }) {
    const cache = await Promise.all(/* import() */[__webpack_require__.e(752), __webpack_require__.e(838), __webpack_require__.e(691)]).then(__webpack_require__.bind(__webpack_require__, 1691));
    if (!cache.isFeatureAvailable())
        throw new Error('this runner has no Actions cache');
    if (operation === 'save')
        return (await cache.saveCache([path], key)) === -1 ? MISS : 0;
    const lookupOnly = operation === 'find';
    return (await cache.restoreCache([path], key, [prefix], { lookupOnly })) === undefined ? MISS : 0;
}


/***/ }),

/***/ 504:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ callCacheApart)
/* harmony export */ });
/* harmony import */ var _actions_cache_call_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4605);
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1169);


/** What @actions/cache says of the program that unpacks an archive (its `internal/tar`). */
const UNPACKING = /^Failed to restore: \S*(?:tar|zstd|gzip)\S* failed with error/;
/**
 * Calls @actions/cache in a process of its own: it can be stopped when the service hangs, and it sees the folder in
 * the role of the workspace, which makes paths in the archive the same on every runner and keeps the work tree clean.
 */
async function callCacheApart(request, { folder, program, limitMs, signal }) {
    // Not `AbortSignal.timeout`: within `any`, garbage collection takes it away (nodejs/node#57736).
    const deadline = new AbortController();
    const timer = setTimeout(() => {
        deadline.abort();
    }, limitMs);
    const end = await (0,_process_js__WEBPACK_IMPORTED_MODULE_0__/* .run */ .e)(process.execPath, [program, JSON.stringify(request)], {
        cwd: folder,
        env: { ...process.env, GITHUB_WORKSPACE: folder },
        signal: signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, signal]),
    }).finally(() => {
        clearTimeout(timer);
    });
    if (end.kind === 'missing')
        throw new Error(`${process.execPath} is not there`);
    if (signal?.aborted === true)
        return { problem: 'the run was interrupted' };
    if (end.kind === 'killed')
        return { problem: `the cache service did not answer within ${limitMs / 1000} s` };
    // @actions/cache says of a service that fails no more than of an entry that is not there, except by a warning.
    const warning = /^::(?:warning|error)::(.*)$/m.exec(end.stdout.toString('utf8'))?.[1];
    if (warning !== undefined)
        return UNPACKING.test(warning) ? 'garbled' : { problem: warning };
    if (end.exitCode === 0)
        return 'done';
    return end.exitCode === _actions_cache_call_js__WEBPACK_IMPORTED_MODULE_1__/* .MISS */ .R ? 'missed' : { problem: end.stderr.trim() || `exit code ${end.exitCode}` };
}


/***/ }),

/***/ 5700:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dD: () => (/* binding */ cacheProgram),
/* harmony export */   jh: () => (/* binding */ uploadState),
/* harmony export */   zo: () => (/* binding */ ActionsCacheStore)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3838);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var _actions_cache_process_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(504);
/* harmony import */ var _cache_outage_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5740);
/* harmony import */ var _file_store_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2160);







/** The folder in the archive. */
const ENTRY = 'smart-image-build-state';
/** What the post step needs to know of the main step. */
const SAVED_FOLDER = 'state-folder';
const SAVED_SCOPES = 'state-scopes';
/** A service that is well answers within a second; its client alone would retry for half a minute, or hang for three. */
const RESTORE_LIMIT_MS = 7000;
const SAVE_LIMIT_MS = 30_000;
/**
 * Keeps the state in the Actions cache: one immutable entry a run and scope, found again by its prefix. `save` writes a
 * file; the post step, which also follows a failed or cancelled main step, uploads it with `uploadState`.
 */
class ActionsCacheStore {
    folder;
    program;
    #loaded = new Set();
    #saved = new Set();
    outage;
    /** `folder` is empty at the start of the step and outside of the work tree; `program` is what `callCache` runs in. */
    constructor(folder, program, outage = new _cache_outage_js__WEBPACK_IMPORTED_MODULE_5__/* .CacheOutage */ .a()) {
        this.outage = outage;
        this.folder = folder;
        this.program = program;
    }
    /** A second call finds what was stored since, and leaves alone what this run has saved. */
    async load(scope) {
        if (this.outage.problem !== undefined)
            return { kind: 'unavailable', problem: this.outage.problem };
        const own = folderOf(this.folder, scope);
        const folder = this.#loaded.has(scope) ? (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(own, 'again') : own;
        this.#loaded.add(scope);
        const made = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(folder, { recursive: true }).catch((error) => error);
        if (made instanceof Error)
            return { kind: 'unavailable', problem: made.message };
        const prefix = keyPrefix(scope);
        const { program } = this;
        const called = await (0,_actions_cache_process_js__WEBPACK_IMPORTED_MODULE_4__/* .callCacheApart */ .l)({ operation: 'restore', path: ENTRY, key: `${prefix}none`, prefix }, { folder, program, limitMs: RESTORE_LIMIT_MS });
        if (called === 'missed')
            return { kind: 'none' };
        if (called === 'garbled')
            return { kind: 'unavailable', problem: 'the stored entry cannot be unpacked' };
        if (called === 'done')
            return new _file_store_js__WEBPACK_IMPORTED_MODULE_6__/* .FileStore */ .y((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, ENTRY)).load(scope);
        this.outage.note(called.problem);
        return { kind: 'unavailable', problem: called.problem };
    }
    async save(scope, text) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(SAVED_FOLDER, this.folder);
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(SAVED_SCOPES, [...this.#saved.add(scope)]);
        return this.#files(scope).save(scope, text);
    }
    loadMemo() {
        return this.#files(this.#first()).loadMemo();
    }
    /** A run that saves nothing of the first scope does not upload it. */
    saveMemo(text) {
        return this.#files(this.#first()).saveMemo(text);
    }
    #files(scope) {
        return new _file_store_js__WEBPACK_IMPORTED_MODULE_6__/* .FileStore */ .y((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folderOf(this.folder, scope), ENTRY));
    }
    #first() {
        const [first] = this.#loaded;
        if (first === undefined)
            throw new Error('the memo goes with a scope, and none was loaded');
        return first;
    }
}
/**
 * The post step: uploads what the main step saved, under a name that no other step, job or attempt has. Says why when
 * it could not; nothing is lost but time. A service that failed the main step is not called again.
 */
async function uploadState(entry, program) {
    const folder = _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu(SAVED_FOLDER);
    const scopes = _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu(SAVED_SCOPES);
    if (folder === '' || scopes === '')
        return undefined;
    if ((0,_cache_outage_js__WEBPACK_IMPORTED_MODULE_5__/* .hadCacheOutage */ .L)())
        return 'the cache service had failed before';
    const calls = JSON.parse(scopes).map((scope) => {
        return (0,_actions_cache_process_js__WEBPACK_IMPORTED_MODULE_4__/* .callCacheApart */ .l)({ operation: 'save', path: ENTRY, key: `${keyPrefix(scope)}${entry}`, prefix: '' }, { folder: folderOf(folder, scope), program, limitMs: SAVE_LIMIT_MS });
    });
    const failure = (await Promise.all(calls)).find((called) => called !== 'done');
    return typeof failure === 'string' ? 'the cache service did not take it' : failure?.problem;
}
/** The entry for `callCache` beside the entry that runs, both as built: `dist/main/index.js`, `dist/cache/index.js`. */
function cacheProgram([, entry = '']) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(entry, '..', '..', 'cache', 'index.js');
}
/** Each scope has a folder of its own, as an entry holds all that lies in it. */
function folderOf(folder, scope) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, hashOf(scope));
}
/** Fixed length, no comma, no branch name: one scope's prefix is never another's. */
function keyPrefix(scope) {
    return `smart-image-build-state-v1-${hashOf(scope)}-`;
}
function hashOf(scope) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.createHash)('sha256').update(scope, 'utf8').digest('hex').slice(0, 32);
}


/***/ }),

/***/ 3114:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QS: () => (/* binding */ ActionsHost),
/* harmony export */   R5: () => (/* binding */ readInput),
/* harmony export */   Vv: () => (/* binding */ readRequestInputs)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3838);
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3916);
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path_posix__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _harmless_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2269);



/** The inputs of `action.yml` that become the request; `working-directory`, `state` and `github-token` are read apart. */
const REQUEST_INPUTS = [
    ...['mode', 'config', 'services', 'force', 'inputs-from', 'base-ref', 'push', 'load', 'registry', 'tags'],
    ...['builder', 'max-parallel', 'fail-fast', 'no-cache', 'pull', 'detect', 'changed-since', 'from', 'wait'],
    ...['secrets', 'secret-envs', 'secret-files', 'layer-cache', 'layer-cache-mode', 'layer-cache-write'],
];
/** GitHub drops what is too long of an annotation as a whole (64 KiB). */
const LONGEST_LINE = 500;
/** What the workflow wrote, an input that it left out as an empty text. */
function readRequestInputs() {
    return Object.fromEntries(REQUEST_INPUTS.map((name) => [name, readInput(name)]));
}
function readInput(name) {
    return _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4(name);
}
/** Shows a run in the log of a GitHub Actions step and writes its files. */
class ActionsHost {
    takesOutputs = true;
    progressStyle = 'groups';
    /** Path of the folder that plays the root within the repository, as annotations start from there. */
    folder;
    constructor(folder = '') {
        this.folder = folder;
    }
    live() {
        // Lines of a log cannot be drawn again.
    }
    progress(line) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq((0,_harmless_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutCommands */ .D)(line));
    }
    detail(line) {
        this.progress(line);
    }
    group(title, lines) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .startGroup */ .Oh((0,_harmless_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutCommands */ .D)(title));
        for (const line of lines)
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq((0,_harmless_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutCommands */ .D)(line));
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .endGroup */ .N4();
    }
    result(lines) {
        for (const line of lines())
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq((0,_harmless_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutCommands */ .D)(line));
    }
    document() {
        // A step has outputs in its place.
    }
    notice(notice) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .notice */ .lm(notice.message, this.#annotation(notice.place));
    }
    failure(failure) {
        const tail = failure.kind === 'build-failed' ? failure.tail : [];
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .error */ .z3([failure.message, ...tail.map((line) => line.slice(0, LONGEST_LINE))].join('\n'), this.#annotation(failure.kind === 'config-invalid' ? failure.place : undefined));
    }
    mask(text) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq(text);
    }
    output(name, value) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setOutput */ .uH(name, value);
    }
    async summary(markdown) {
        await _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .summary */ .z.addRaw(markdown, true).write();
    }
    #annotation(place) {
        const title = 'smart-image-build';
        if (place === undefined)
            return { title };
        return { title, file: (0,node_path_posix__WEBPACK_IMPORTED_MODULE_1__.join)(this.folder, place.file), startLine: place.line, startColumn: place.column };
    }
}


/***/ }),

/***/ 5740:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ hadCacheOutage),
/* harmony export */   a: () => (/* binding */ CacheOutage)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3838);

/** What the post step needs to know of the main step. */
const SAVED = 'cache-outage';
/** A cache service that failed a run once: it is not called again by that run, whatever for. */
class CacheOutage {
    #problem;
    get problem() {
        return this.#problem;
    }
    /** Whether this is the first to be heard of it: who calls at the same time has the same to tell. */
    note(problem) {
        if (this.#problem !== undefined)
            return false;
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(SAVED, 'true');
        this.#problem = problem;
        return true;
    }
}
/** In the post step. */
function hadCacheOutage() {
    return _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu(SAVED) === 'true';
}


/***/ }),

/***/ 2160:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ FileStore)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);



const MEMO = 'memo';
/** Keeps each scope's state in a file of a folder, replaced as a whole. */
class FileStore {
    folder;
    constructor(folder) {
        this.folder = folder;
    }
    async load(scope) {
        try {
            return { kind: 'found', text: await textOf(this.#file(scope)) };
        }
        catch (error) {
            const { code, message } = error;
            return code === 'ENOENT' ? { kind: 'none' } : { kind: 'unavailable', problem: message };
        }
    }
    save(scope, text) {
        return this.#write(this.#file(scope), text);
    }
    async loadMemo() {
        return textOf((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.folder, MEMO)).catch(() => undefined);
    }
    async saveMemo(text) {
        await this.#write((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.folder, MEMO), text);
    }
    async #write(file, text) {
        const draft = `${file}.${process.pid}`;
        try {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file), { recursive: true });
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(draft, text);
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(draft, file);
            return undefined;
        }
        catch (error) {
            return error.message;
        }
    }
    #file(scope) {
        return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.folder, `state-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(scope, 'utf8').digest('hex').slice(0, 16)}`);
    }
}
/** Decoded at once: to do it chunk by chunk takes several times as long for a file of some megabytes. */
async function textOf(file) {
    return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(file)).toString('utf8');
}


/***/ }),

/***/ 2269:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ withoutCommands),
/* harmony export */   Q: () => (/* binding */ forTerminal)
/* harmony export */ });
/**
 * Text of builds and file names must not be read as workflow commands: the runner takes `::name::` at the start of a
 * line, after white space as .NET knows it, and `##[name]` anywhere in it.
 */
function withoutCommands(text) {
    return text
        .split(/\r\n|\r|\n/)
        .map((line) => line.replace(/^([\s\u0085]*):(?=:)/, '$1:\u200B').replaceAll('##[', '#\u200B#['))
        .join('\n');
}
/** A colour, which is what a report of ours may hold, or a control or direction-changing character. */
// eslint-disable-next-line no-control-regex -- finding them is its purpose
const COLOR_OR_CONTROL = /\u001b\[[\d;]*m|(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu;
/** Nor may it move the cursor, set the window's title or turn the direction of what follows. */
function forTerminal(text) {
    return withoutCommands(text).replace(COLOR_OR_CONTROL, (found) => (found.length > 1 ? found : '\uFFFD'));
}


/***/ }),

/***/ 1169:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ run),
/* harmony export */   i: () => (/* binding */ converse)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_child_process__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(481);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_readline__WEBPACK_IMPORTED_MODULE_2__);



const PATIENCE_MS = 5000;
/** For output that is still in the pipes when a program has ended. */
const LAST_WORDS_MS = 2000;
/**
 * Runs a program to its end, without a shell. This is the only place that starts one:
 * @actions/exec can neither stop a process nor take a long output without line ends in linear time.
 * Throws when the working directory does not exist.
 */
async function run(program, args, options = {}) {
    const { cwd, env } = options;
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    // A program that ends without reading its input is judged by its exit code, not by the broken pipe.
    child.stdin.on('error', () => undefined).end(options.input ?? '');
    const stopped = options.signal && stopOnAbort(child, options.signal, options.patienceMs ?? PATIENCE_MS);
    const stdout = [];
    const stderr = [];
    child.stdout.on('data', (chunk) => stdout.push(chunk));
    (0,node_readline__WEBPACK_IMPORTED_MODULE_2__.createInterface)({ input: child.stderr }).on('line', (line) => {
        if (options.onErrorLine === undefined)
            stderr.push(line);
        else
            options.onErrorLine(line);
    });
    return await new Promise((resolve, reject) => {
        child.on('error', (error) => {
            stopped?.();
            // Node says the same of a program and of a working directory that is not there.
            if (error.code === 'ENOENT' && (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.existsSync)(cwd ?? '.'))
                resolve({ kind: 'missing' });
            else
                reject(error);
        });
        child.on('exit', () => {
            closePipesSoon(child);
        });
        child.on('close', (exitCode, signal) => {
            stopped?.();
            const text = stderr.join('\n');
            if (exitCode === null)
                resolve({ kind: 'killed', signal: signal ?? 'unknown', stderr: text });
            else
                resolve({ kind: 'exited', exitCode, stdout: Buffer.concat(stdout), stderr: text });
        });
    });
}
/** Starts a program to talk to; it gets the end of its input, and so ends, when this process does. */
function converse([program, ...args], { cwd, env }, { onOutput, onEnd }) {
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    const stderr = [];
    child.stderr.on('data', (chunk) => stderr.push(chunk));
    child.stdout.on('data', onOutput);
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
        onEnd(error.message);
    });
    child.on('exit', () => {
        closePipesSoon(child);
    });
    child.on('close', (exitCode, signal) => {
        onEnd(`${signal ?? `exit code ${exitCode ?? 0}`}: ${Buffer.concat(stderr).toString('utf8').trim()}`);
    });
    const handles = [child, child.stdin, child.stdout, child.stderr];
    return {
        write: (text) => child.stdin.write(text),
        end: () => child.stdin.end(),
        hold: (isNeeded) => {
            for (const handle of handles) {
                if (isNeeded)
                    handle.ref();
                else
                    handle.unref();
            }
        },
    };
}
/** What a program leaves behind may hold its pipes open for ever. */
function closePipesSoon(child) {
    setTimeout(() => {
        closePipes(child);
    }, LAST_WORDS_MS).unref();
}
function closePipes(child) {
    child.stdout.destroy();
    child.stderr.destroy();
}
/** Returns what takes the listener away again, so that a long run does not gather them. */
function stopOnAbort(child, signal, patienceMs) {
    let timer;
    const kill = () => {
        child.kill('SIGKILL');
        closePipes(child);
    };
    const stop = () => {
        child.kill('SIGTERM');
        timer = setTimeout(kill, patienceMs);
    };
    if (signal.aborted)
        stop();
    else
        signal.addEventListener('abort', stop, { once: true });
    return () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
    };
}


/***/ }),

/***/ 6661:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   post: () => (/* binding */ post)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _adapters_actions_cache_store_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5700);
/* harmony import */ var _adapters_actions_host_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3114);
/* harmony import */ var _adapters_cache_outage_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5740);




/** The post step: keeps what the main step recorded, also when that failed or was cancelled. Never fails the job. */
async function post() {
    const { GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt, GITHUB_JOB: job, GITHUB_ACTION: step, } = process.env;
    // The legs of a matrix share all but the last.
    const parts = [run, attempt, job, step, (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()];
    const entry = parts.map((part) => (part ?? '').replace(/[^A-Za-z0-9_.-]/g, '_')).join('-');
    const uploaded = (0,_adapters_actions_cache_store_js__WEBPACK_IMPORTED_MODULE_1__/* .uploadState */ .jh)(entry, (0,_adapters_actions_cache_store_js__WEBPACK_IMPORTED_MODULE_1__/* .cacheProgram */ .dD)(process.argv));
    const problem = await uploaded.catch((error) => error.message);
    if (problem === undefined)
        return;
    const host = new _adapters_actions_host_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionsHost */ .QS();
    const message = `The records of this run were not saved: ${problem}`;
    // Of an outage that it saw the main step has a notice already.
    if ((0,_adapters_cache_outage_js__WEBPACK_IMPORTED_MODULE_3__/* .hadCacheOutage */ .L)())
        host.progress(message);
    else
        host.notice({ message });
}


/***/ })

};
