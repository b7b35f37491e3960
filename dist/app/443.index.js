export const id = 443;
export const ids = [443];
export const modules = {

/***/ 31443:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   loadIntoKind: () => (/* binding */ loadIntoKind)
/* harmony export */ });
/* harmony import */ var _config_request_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(84770);
/* harmony import */ var _execute_deliver_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(47958);
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(42891);
/* harmony import */ var _model_fingerprint_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(91109);
/* harmony import */ var _model_service_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(41674);
/* harmony import */ var _decide_all_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(10296);
/* harmony import */ var _job_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(38929);
/* harmony import */ var _load_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8598);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(88227);
/* harmony import */ var _stored_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(33428);










/** Puts the images of the services as they are now into a kind cluster; builds none. Returns the process's exit code. */
async function loadIntoKind(job, ports, target) {
    const loaded = await putIntoCluster(job, ports, target);
    if (!loaded.ok)
        return (0,_job_js__WEBPACK_IMPORTED_MODULE_4__/* .fail */ .fJ)(loaded.failures, ports);
    const { cluster } = target;
    ports.host.document(() => ({ version: 1, cluster, images: loaded.value }));
    ports.host.result(() => [...loaded.value, `${loaded.value.length} loaded into ${cluster}`]);
    return 0;
}
/** The references that the cluster has now. */
async function putIntoCluster(job, ports, { cluster, tags }) {
    const request = (0,_config_request_js__WEBPACK_IMPORTED_MODULE_0__/* .parseRequest */ .T)(job.inputs, job.defaults);
    if (!request.ok)
        return request;
    const withDisk = await (0,_job_js__WEBPACK_IMPORTED_MODULE_4__/* .countsDisk */ .uS)(request.value, ports.git);
    const run = { job, ports, request: request.value, notices: [], withDisk };
    const stored = await (0,_stored_js__WEBPACK_IMPORTED_MODULE_7__/* .loadStored */ .cg)(run);
    const services = await (0,_load_js__WEBPACK_IMPORTED_MODULE_5__/* .loadServices */ .rZ)(run, stored.memo.config);
    if (!services.ok)
        return services;
    const planned = await (0,_plan_js__WEBPACK_IMPORTED_MODULE_6__/* .makePlan */ .C)(services.value, stored, run);
    if (!planned.ok)
        return planned;
    const { plan, isShared } = planned.value;
    const images = plan.images.filter(({ service, decision }) => service.kind === 'service' && decision.kind !== 'skip');
    const missing = images.filter(({ decision }) => decision.kind === 'rebuild').map(notThere);
    if (missing.length > 0)
        return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .unless */ .NJ)(missing, []);
    const audience = (0,_decide_all_js__WEBPACK_IMPORTED_MODULE_3__/* .audienceOf */ .O)(run, isShared);
    const references = [];
    for (const image of images) {
        const brought = await bring(image, tags, { audience, engine: ports.engine });
        if (!brought.ok)
            return brought;
        const { service, fingerprint } = image;
        const names = [(0,_model_fingerprint_js__WEBPACK_IMPORTED_MODULE_8__/* .fingerprintTag */ .b)(fingerprint.digest, audience), ...tags].map((tag) => `${(0,_model_service_js__WEBPACK_IMPORTED_MODULE_9__/* .fullName */ .f)(service.image)}:${tag}`);
        references.push(...names, ...(service.loadAs === undefined ? [] : [service.loadAs]));
    }
    const put = await ports.kind.load(cluster, references, job.signal);
    if (put.ok)
        return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_2__.ok)(references);
    return job.signal.aborted ? (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)({ kind: 'interrupted', message: 'The run was interrupted.' }) : put;
}
/** Into this Docker, from a registry where it is not there, under all of its names. */
function bring({ decision, ...image }, tags, to) {
    if (decision.kind !== 'reuse')
        throw new Error(`${image.service.name} does not exist`);
    const { digest, found } = decision;
    return (0,_execute_deliver_js__WEBPACK_IMPORTED_MODULE_1__/* .load */ .H)({ ...image, decision }, { digest, isLoaded: found === 'engine', isReused: true, tags }, to);
}
function notThere({ service }) {
    const message = `\`${service.name}\` has no image of its present content in this Docker or a registry; build it first: smart-image-build build ${service.name} --load`;
    return { kind: 'usage', message };
}


/***/ })

};
