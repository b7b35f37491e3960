export const id = 994;
export const ids = [994];
export const modules = {

/***/ 17994:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  prune: () => (/* binding */ prune)
});

// EXTERNAL MODULE: ./src/config/request.ts + 5 modules
var config_request = __webpack_require__(84770);
// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(42891);
// EXTERNAL MODULE: ./src/model/service.ts
var service = __webpack_require__(41674);
// EXTERNAL MODULE: ./src/report/status.ts
var report_status = __webpack_require__(16934);
// EXTERNAL MODULE: ./src/report/visible.ts
var visible = __webpack_require__(30776);
;// CONCATENATED MODULE: ./src/report/prune.ts


const REASONS = {
    'branch-gone': 'its branch is gone',
    'image-gone': 'no service and no branch has this image',
    older: 'a newer one is kept, and no branch has this content',
    draft: 'a process that was killed left it',
};
/** What `--json` prints. */
function pruneDocument(superseded, isDryRun) {
    return { version: 1, dryRun: isDryRun, superseded };
}
/** One line for each, and a summary as the last line. */
function pruneLines(superseded, isDryRun) {
    const lines = superseded.map(({ path, bytes, reason, scope, image }) => {
        const what = scope ?? image;
        const name = what === undefined ? path : `${path} (${(0,visible/* visible */.RK)(what)})`;
        return `${name}, ${(0,report_status/* byteText */.aC)(bytes)}: ${REASONS[reason]}`;
    });
    const total = superseded.reduce((sum, { bytes }) => sum + bytes, 0);
    return [...lines, `${superseded.length} ${isDryRun ? 'would be removed' : 'removed'}, ${(0,report_status/* byteText */.aC)(total)}`];
}

// EXTERNAL MODULE: ./src/state/decode.ts
var decode = __webpack_require__(2611);
;// CONCATENATED MODULE: ./src/state/superseded.ts

/** What a terminal calls the state of a branch, or of a commit that is checked out without one. */
const TERMINAL_SCOPE = 'terminal@';
/**
 * States of branches that are gone. `heads`: full names of the branches, and commits that are checked out. What is no
 * state of a terminal stays: it may be a newer version's, or another part's.
 */
function supersededStates(texts, heads) {
    const scopes = new Set(heads.map((head) => `${TERMINAL_SCOPE}${head}`));
    const superseded = [];
    const current = [];
    for (const { path, bytes, text } of texts) {
        const decoded = (0,decode/* decodeAnyState */.KI)(text);
        if (!('state' in decoded))
            continue;
        const { scope } = decoded.state;
        if (!scope.startsWith(TERMINAL_SCOPE) || scopes.has(scope))
            current.push(decoded.state);
        else
            superseded.push({ path, bytes, scope, reason: 'branch-gone' });
    }
    return { superseded, current };
}
/** Images by the fingerprints that states have of them; those of `images` are in use, too, whatever was recorded. */
function imagesInUse(states, images) {
    const fingerprints = new Map(images.map((image) => [image, new Set()]));
    for (const { image, fingerprint } of states.flatMap(({ records }) => records))
        fingerprints.set(image, (fingerprints.get(image) ?? new Set()).add(fingerprint));
    return { fingerprints };
}
/** `layouts` of one image come with the newest first, which always stays. */
function supersededLayouts(layouts, { fingerprints }) {
    const seen = new Set();
    return layouts.flatMap(({ path, bytes, kind, image, fingerprint }) => {
        const known = image === undefined ? undefined : fingerprints.get(image);
        if (image === undefined || known === undefined)
            return [{ path, bytes, reason: 'image-gone' }];
        const isNewest = !seen.has(`${kind} ${image}`);
        seen.add(`${kind} ${image}`);
        return isNewest || known.has(fingerprint) ? [] : [{ path, bytes, image, reason: 'older' }];
    });
}

// EXTERNAL MODULE: ./src/pipeline/job.ts
var pipeline_job = __webpack_require__(38929);
// EXTERNAL MODULE: ./src/pipeline/load.ts + 2 modules
var load = __webpack_require__(8598);
;// CONCATENATED MODULE: ./src/pipeline/prune.ts







/** Removes what is kept on this machine and nobody will use again. Returns the process's exit code. */
async function prune(job, ports, isDryRun) {
    const superseded = await find(job, ports);
    if (!superseded.ok)
        return (0,pipeline_job/* fail */.fJ)(superseded.failures, ports);
    const { value } = superseded;
    const removed = isDryRun ? (0,failure.ok)(undefined) : await ports.kept.remove(value.map(({ path }) => path));
    if (!removed.ok)
        return (0,pipeline_job/* fail */.fJ)(removed.failures, ports);
    ports.host.document(() => pruneDocument(value, isDryRun));
    ports.host.result(() => pruneLines(value, isDryRun));
    return 0;
}
async function find(job, ports) {
    const request = (0,config_request/* parseRequest */.T)(job.inputs, job.defaults);
    if (!request.ok)
        return request;
    const { kept } = ports;
    const withDisk = await (0,pipeline_job/* countsDisk */.uS)(request.value, ports.git);
    const run = { job, ports, request: request.value, notices: [], withDisk };
    const loaded = await (0,load/* loadServices */.rZ)(run, undefined);
    if (!loaded.ok)
        return loaded;
    const heads = await ports.heads.heads();
    if (!heads.ok)
        return heads;
    const texts = await kept.texts();
    if (!texts.ok)
        return texts;
    const { superseded, current } = supersededStates(texts.value, heads.value);
    const inUse = imagesInUse(current, loaded.value.services.map(({ image }) => (0,service/* fullName */.f)(image)));
    const layouts = await kept.layouts([...inUse.fingerprints.keys()]);
    if (!layouts.ok)
        return layouts;
    const drafts = await kept.drafts();
    if (!drafts.ok)
        return drafts;
    return (0,failure.ok)([...superseded, ...supersededLayouts(layouts.value, inUse), ...drafts.value]);
}


/***/ })

};
